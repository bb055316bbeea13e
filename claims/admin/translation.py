from claims.admin.base import DeskStackedInline, DeskTabularInline
from claims.models import (
    Affiliation,
    AffiliationTranslation,
    Appearance,
    AppearanceTranslation,
    Claim,
    ClaimTranslation,
    Evidence,
    EvidenceTranslation,
    Page,
    PageTranslation,
    Rating,
    RatingScale,
    RatingScaleTranslation,
    RatingTranslation,
    Source,
    SourceTranslation,
    Speaker,
    SpeakerTranslation,
    Topic,
    TopicTranslation,
)

NAME = "In further languages"


class ClaimTranslationInline(DeskStackedInline[ClaimTranslation, Claim]):
    model = ClaimTranslation
    verbose_name_plural = NAME


class SpeakerTranslationInline(DeskTabularInline[SpeakerTranslation, Speaker]):
    model = SpeakerTranslation
    verbose_name_plural = NAME


class TopicTranslationInline(DeskTabularInline[TopicTranslation, Topic]):
    model = TopicTranslation
    verbose_name_plural = NAME


class RatingScaleTranslationInline(DeskTabularInline[RatingScaleTranslation, RatingScale]):
    model = RatingScaleTranslation
    verbose_name_plural = NAME


class SourceTranslationInline(DeskTabularInline[SourceTranslation, Source]):
    model = SourceTranslation
    verbose_name_plural = NAME


class PageTranslationInline(DeskStackedInline[PageTranslation, Page]):
    model = PageTranslation
    verbose_name_plural = NAME


class AppearanceTranslationInline(DeskStackedInline[AppearanceTranslation, Appearance]):
    model = AppearanceTranslation
    verbose_name_plural = NAME


class EvidenceTranslationInline(DeskStackedInline[EvidenceTranslation, Evidence]):
    model = EvidenceTranslation
    verbose_name_plural = NAME


class AffiliationTranslationInline(DeskTabularInline[AffiliationTranslation, Affiliation]):
    model = AffiliationTranslation
    verbose_name_plural = NAME


class RatingTranslationInline(DeskTabularInline[RatingTranslation, Rating]):
    model = RatingTranslation
    verbose_name_plural = NAME
