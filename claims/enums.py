"""The closed vocabularies, with their groupings attached."""

from enum import nonmember

from django.db.models import TextChoices


class RecordKind(TextChoices):
    """What has editions. The values are the `type` member of a public document."""

    CLAIM = "claim", "Claim"
    SPEAKER = "speaker", "Speaker"
    SOURCE = "source", "Source"
    TOPIC = "topic", "Topic"
    RATING_SCALE = "rating-scale", "Rating scale"


class Action(TextChoices):
    """What an edition did to the public state of its object."""

    PUBLISHED = "published", "Published"
    UPDATED = "updated", "Updated"
    CORRECTED = "corrected", "Corrected"
    RETRACTED = "retracted", "Retracted"

    needs_reason = nonmember(frozenset({"corrected", "retracted"}))


class SpeakerKind(TextChoices):
    PERSON = "person", "Person"
    ORGANISATION = "organisation", "Organisation"
    PUBLIC_BODY = "public-body", "Public body"
    UNNAMED = "unnamed", "Unnamed"

    organisations = nonmember(frozenset({"organisation", "public-body"}))


class SourceKind(TextChoices):
    ARTICLE = "article", "Article"
    POST = "post", "Social media post"
    BROADCAST = "broadcast", "Broadcast"
    TRANSCRIPT = "transcript", "Transcript"
    DOCUMENT = "document", "Document"
    DATASET = "dataset", "Dataset"


class ClaimKind(TextChoices):
    FACT = "fact", "Fact"
    FORECAST = "forecast", "Forecast"
    PROMISE = "promise", "Promise"
    OPINION = "opinion", "Opinion"

    can_fall_due = nonmember(frozenset({"forecast", "promise"}))


class DueGranularity(TextChoices):
    """How finely the speaker named the time; the window itself is always whole days."""

    DAY = "day", "Day"
    WEEK = "week", "Week"
    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter"
    YEAR = "year", "Year"
    OTHER = "other", "Other span"


class Medium(TextChoices):
    SPOKEN = "spoken", "Spoken"
    WRITTEN = "written", "Written"
    POSTED = "posted", "Posted online"
    BROADCAST = "broadcast", "Broadcast"


class Wording(TextChoices):
    DIRECT = "direct", "Direct quotation"
    PARAPHRASED = "paraphrased", "Paraphrased"


class AttributionAct(TextChoices):
    """What one link of an attribution chain did with what it passes on."""

    SAID = "said", "said"
    REPORTED = "reported", "reported"
    INTERPRETED = "interpreted", "interpreted"


class Stance(TextChoices):
    SUPPORTS = "supports", "Supports"
    REFUTES = "refutes", "Refutes"
    CONTEXT = "context", "Gives context"


class RelationKind(TextChoices):
    REPEATS = "repeats", "Repeats"
    CONTRADICTS = "contradicts", "Contradicts"
    UPDATES = "updates", "Updates"
    NARROWS = "narrows", "Narrows"


class ForecastState(TextChoices):
    """Where a published forecast stands on a given day; derived, never stored."""

    OPEN = "open", "No due date"
    PENDING = "pending", "Not due yet"
    OVERDUE = "overdue", "Overdue"
    RESOLVED = "resolved", "Resolved"


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
