"""The tables: the desk (mutable drafts), the record (append-only editions), the projection (what is public now)."""

from django.db.models import CharField, TextField
from django.db.models.functions import Length

# Length bounds of quotations and other texts are database constraints (`quotation__length__range`).
CharField.register_lookup(Length)
TextField.register_lookup(Length)

from claims.models.base import Publishable  # noqa: E402
from claims.models.claim import Appearance, AttributionLink, Claim, ClaimRelation  # noqa: E402
from claims.models.evidence import Evidence  # noqa: E402
from claims.models.external_review import ExternalReview, RatingMapping  # noqa: E402
from claims.models.importing import ImportFinding, ImportRun  # noqa: E402
from claims.models.page import Page  # noqa: E402
from claims.models.partner import KeyUsage, Partner, PartnerKey, RateWindow  # noqa: E402
from claims.models.projection import PublishedClaim, PublishedEntity, PublishedReference  # noqa: E402
from claims.models.rating import Rating, RatingScale  # noqa: E402
from claims.models.record import Edition  # noqa: E402
from claims.models.search import PublishedName, SearchRow  # noqa: E402
from claims.models.source import Source  # noqa: E402
from claims.models.speaker import Affiliation, Speaker, SpeakerAlias  # noqa: E402
from claims.models.tip import Tip  # noqa: E402
from claims.models.topic import Topic  # noqa: E402
from claims.models.translation import (  # noqa: E402
    AffiliationTranslation,
    AppearanceTranslation,
    ClaimTranslation,
    EvidenceTranslation,
    PageTranslation,
    RatingScaleTranslation,
    RatingTranslation,
    SourceTranslation,
    SpeakerTranslation,
    TopicTranslation,
)
from claims.models.user import User  # noqa: E402
from claims.models.verdict import Verdict  # noqa: E402
from claims.models.webhook import WebhookDelivery, WebhookEndpoint  # noqa: E402

__all__ = [
    "Affiliation",
    "AffiliationTranslation",
    "Appearance",
    "AppearanceTranslation",
    "AttributionLink",
    "Claim",
    "ClaimRelation",
    "ClaimTranslation",
    "Edition",
    "Evidence",
    "EvidenceTranslation",
    "ExternalReview",
    "ImportFinding",
    "ImportRun",
    "KeyUsage",
    "Page",
    "PageTranslation",
    "Partner",
    "PartnerKey",
    "Publishable",
    "PublishedClaim",
    "PublishedEntity",
    "PublishedName",
    "PublishedReference",
    "RateWindow",
    "Rating",
    "RatingMapping",
    "RatingScale",
    "RatingScaleTranslation",
    "RatingTranslation",
    "SearchRow",
    "Source",
    "SourceTranslation",
    "Speaker",
    "SpeakerAlias",
    "SpeakerTranslation",
    "Tip",
    "Topic",
    "TopicTranslation",
    "User",
    "Verdict",
    "WebhookDelivery",
    "WebhookEndpoint",
]
