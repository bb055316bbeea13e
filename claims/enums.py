"""The closed vocabularies, with their groupings attached."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RecordKind(TextChoices):
    """What has editions. The values are the `type` member of a public document."""

    CLAIM = "claim", _("Claim")
    SPEAKER = "speaker", _("Speaker")
    SOURCE = "source", _("Source")
    TOPIC = "topic", _("Topic")
    RATING_SCALE = "rating-scale", _("Rating scale")
    PAGE = "page", _("Page")


class PageSlug(TextChoices):
    """The pages whose text a newsroom may write itself; the values are their addresses, the labels their titles."""

    ABOUT = "about", _("About us")
    METHODOLOGY = "methodology", _("How we work")
    CORRECTIONS_POLICY = "corrections-policy", _("Corrections policy")
    PRIVACY = "privacy", _("Privacy")


class Action(TextChoices):
    """What an edition did to the public state of its object."""

    PUBLISHED = "published", _("Published")
    UPDATED = "updated", _("Updated")
    CORRECTED = "corrected", _("Corrected")
    RETRACTED = "retracted", _("Retracted")

    needs_reason = nonmember(frozenset({"corrected", "retracted"}))


class SpeakerKind(TextChoices):
    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")
    PUBLIC_BODY = "public-body", _("Public body")
    UNNAMED = "unnamed", _("Unnamed")

    organisations = nonmember(frozenset({"organisation", "public-body"}))


class SourceKind(TextChoices):
    ARTICLE = "article", _("Article")
    POST = "post", _("Social media post")
    BROADCAST = "broadcast", _("Broadcast")
    TRANSCRIPT = "transcript", _("Transcript")
    DOCUMENT = "document", _("Document")
    DATASET = "dataset", _("Dataset")


class ClaimKind(TextChoices):
    FACT = "fact", _("Fact")
    FORECAST = "forecast", _("Forecast")
    PROMISE = "promise", _("Promise")
    OPINION = "opinion", _("Opinion")

    can_fall_due = nonmember(frozenset({"forecast", "promise"}))


class DueGranularity(TextChoices):
    """How finely the speaker named the time; the window itself is always whole days."""

    DAY = "day", _("Day")
    WEEK = "week", _("Week")
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    YEAR = "year", _("Year")
    OTHER = "other", _("Other span")


class Medium(TextChoices):
    SPOKEN = "spoken", _("Spoken")
    WRITTEN = "written", _("Written")
    POSTED = "posted", _("Posted online")
    BROADCAST = "broadcast", _("Broadcast")


class Wording(TextChoices):
    DIRECT = "direct", _("Direct quotation")
    PARAPHRASED = "paraphrased", _("Paraphrased")


class AttributionAct(TextChoices):
    """What one link of an attribution chain did with what it passes on."""

    SAID = "said", _("said")
    REPORTED = "reported", _("reported")
    INTERPRETED = "interpreted", _("interpreted")


class Stance(TextChoices):
    SUPPORTS = "supports", _("Supports")
    REFUTES = "refutes", _("Refutes")
    CONTEXT = "context", _("Gives context")


class RelationKind(TextChoices):
    REPEATS = "repeats", _("Repeats")
    CONTRADICTS = "contradicts", _("Contradicts")
    UPDATES = "updates", _("Updates")
    NARROWS = "narrows", _("Narrows")


class ForecastState(TextChoices):
    """Where a published forecast stands on a given day; derived, never stored."""

    OPEN = "open", _("No due date")
    PENDING = "pending", _("Not due yet")
    OVERDUE = "overdue", _("Overdue")
    RESOLVED = "resolved", _("Resolved")


class TipState(TextChoices):
    """Where a tip from the public stands. The labels are the desk's; senders read `claims/tip.html`."""

    NEW = "new", "New"
    TAKEN = "taken", "Taken up"
    DECLINED = "declined", "Declined"
    CLAIMED = "claimed", "Became a claim"

    waiting = nonmember(frozenset({"new", "taken"}))


class DeliveryState(TextChoices):
    """Where one webhook delivery stands."""

    WAITING = "waiting", "Waiting"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Given up"


class KeyScope(TextChoices):
    """What a partner's key may be used for, at the partner's own rate."""

    READ = "read", "Read the API"
    SEARCH = "search", "Search fact checks (Fact Check Tools)"
    EXPORT = "export", "Download exports"
