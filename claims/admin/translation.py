from claims.admin.base import DeskStackedInline, DeskTabularInline
from claims.models import (
    Claim,
    ClaimTranslation,
    Page,
    PageTranslation,
    RatingScale,
    RatingScaleTranslation,
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
