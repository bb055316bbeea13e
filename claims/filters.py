"""One FilterSet per resource, shared by the public pages and the API. All of them read the projection only."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import django_filters as filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.domain.moved import present_slug
from claims.domain.query import QUERY_LENGTH
from claims.domain.search import found_by, search
from claims.enums import ClaimKind, ForecastState, RecordKind, SourceKind, SpeakerKind
from claims.folding import fold
from claims.language_tags import spellings
from claims.models import PublishedClaim, PublishedEntity
from claims.models.projection import PUBLISHER, PublishedClaimQuerySet, publisher_key

QUERY_WORDS = 20
# Filters that name an object of the record by its slug.
SLUGS = {
    "speaker": RecordKind.SPEAKER,
    "affiliation": RecordKind.SPEAKER,
    "topic": RecordKind.TOPIC,
    "source": RecordKind.SOURCE,
    "scale": RecordKind.RATING_SCALE,
}


class YesNoFilter(filters.TypedChoiceFilter):
    """`true` or `false`; anything else is an error, where django-filter's own would silently not filter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        choices = [("true", _("Yes")), ("false", _("No"))]
        super().__init__(*args, choices=choices, coerce=lambda value: value == "true", **kwargs)


class DayFilter(filters.DateFilter):
    """Days of the site's time zone against a moment; `lt` means the whole of the day."""

    def filter(self, claims: PublishedClaimQuerySet, value: date | None) -> PublishedClaimQuerySet:
        if value is None:
            return claims
        # Beyond these, the same moment in UTC may have no date at all.
        day = min(max(value, date(2, 1, 1)), date(9998, 12, 31)) + timedelta(days=self.lookup_expr == "lt")
        moment = timezone.make_aware(datetime.combine(day, time.min))
        return claims.filter(**{f"{self.field_name}__{self.lookup_expr}": moment})


class RecordFilter(filters.FilterSet):
    @classmethod
    @cache
    def made(cls) -> dict[str, filters.Filter]:
        """The filters, which keep their fields."""
        found: dict[str, filters.Filter] = cls(queryset=cls._meta.model.objects.none()).filters
        return found

    @classmethod
    def narrowed(cls, rows: QuerySet[Any], given: Mapping[str, str]) -> QuerySet[Any]:
        """What the filters of these names leave of `rows`: as `qs` does, but without a form.

        To make one takes several times as long as to answer. ValidationError has the errors by name.
        """
        made = cls.made()
        values: dict[str, Any] = {}
        errors: dict[str, list[str]] = {}
        for name in (name for name in made if name in given):
            try:
                values[name] = made[name].field.clean(given[name])
            except ValidationError as error:
                errors[name] = error.messages
        if errors:
            raise ValidationError(errors)
        for name, value in values.items():
            rows = made[name].filter(rows, value)
        return rows


class ClaimFilter(RecordFilter):
    q = filters.CharFilter(
        method="search",
        label=_("Words"),
        help_text='What to search for: words, "phrases", -without, begin*, speaker:name.',
        max_length=QUERY_LENGTH,
    )
    speaker = filters.CharFilter("speaker_slug", label=_("Speaker"), help_text="Slug of who made the claim.")
    rating = filters.CharFilter("rating_slug", label=_("Rating"), help_text="Slug of the verdict's rating.")
    scale = filters.CharFilter("scale_slug", label=_("Rating scale"), help_text="Slug of the rating's scale.")
    conclusive = YesNoFilter(
        "conclusive",
        label=_("Conclusive"),
        help_text="true: with a conclusive verdict; false: with an inconclusive one.",
    )
    reviewed = YesNoFilter(
        "conclusive", "isnull", exclude=True, label=_("Reviewed"), help_text="Whether there is a verdict at all."
    )
    topic = filters.CharFilter(method="naming", label=_("Topic"), help_text="Slug of a topic.")
    source = filters.CharFilter(
        method="naming", label=_("Source"), help_text="Slug of a source that the claim appears in or rests on."
    )
    publisher = filters.CharFilter(
        method="published_by",
        label=_("Publisher"),
        help_text="Name of who published a source, in any case.",
        max_length=200,
    )
    affiliation = filters.CharFilter(
        method="naming",
        label=_("Affiliation"),
        help_text="Slug of an organisation at which the speaker held a role when the claim was made.",
    )
    kind = filters.ChoiceFilter("kind", choices=ClaimKind.choices, label=_("Kind"), help_text="Kind of claim.")
    language = filters.CharFilter(
        method="in_language", label=_("Language"), help_text="Language of the claim (BCP 47), in any case."
    )
    forecast = filters.ChoiceFilter(
        method="in_forecast_state",
        choices=ForecastState.choices,
        label=_("Forecast"),
        help_text="Where a forecast stands.",
    )
    claimed_after = filters.DateFilter(
        "claimed_to", "gte", label=_("Made on or after"), help_text="Made on this day or later, as far as is known."
    )
    claimed_before = filters.DateFilter(
        "claimed_from",
        "lte",
        label=_("Made on or before"),
        help_text="Made on this day or earlier, as far as is known.",
    )
    reviewed_after = filters.DateFilter(
        "reviewed_on", "gte", label=_("Reviewed on or after"), help_text="With a verdict of this day or later."
    )
    reviewed_before = filters.DateFilter(
        "reviewed_on", "lte", label=_("Reviewed on or before"), help_text="With a verdict of this day or earlier."
    )
    due_after = filters.DateFilter(
        "due_end", "gte", label=_("Due on or after"), help_text="With a due window that ends on this day or later."
    )
    due_before = filters.DateFilter(
        "due_end", "lte", label=_("Due on or before"), help_text="With a due window that ends on this day or earlier."
    )
    published_after = DayFilter(
        "first_published_at", "gte", label=_("Published on or after"), help_text="First published on this day or later."
    )
    published_before = DayFilter(
        "first_published_at",
        "lt",
        label=_("Published on or before"),
        help_text="First published on this day or earlier.",
    )
    updated_after = DayFilter(
        "edition__published_at",
        "gte",
        label=_("Updated on or after"),
        help_text="Whose newest edition is of this day or later.",
    )
    updated_before = DayFilter(
        "edition__published_at",
        "lt",
        label=_("Updated on or before"),
        help_text="Whose newest edition is of this day or earlier.",
    )

    class Meta:
        model = PublishedClaim
        fields: list[str] = []

    def without_words(self) -> PublishedClaimQuerySet:
        """What all filters but `q` leave. Call it when the form is valid."""
        claims: PublishedClaimQuerySet = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            claims = claims if name == "q" else self.filters[name].filter(claims, value)
        return claims

    def search(self, claims: PublishedClaimQuerySet, name: str, value: str) -> PublishedClaimQuerySet:
        return found_by(claims, search(value))

    def naming(self, claims: PublishedClaimQuerySet, name: str, value: str) -> PublishedClaimQuerySet:
        return claims.naming(name, value)

    def published_by(self, claims: PublishedClaimQuerySet, name: str, value: str) -> PublishedClaimQuerySet:
        return claims.naming(PUBLISHER, publisher_key(value))

    def in_language(self, claims: PublishedClaimQuerySet, name: str, value: str) -> PublishedClaimQuerySet:
        return claims.filter(language__in=spellings(value))

    def in_forecast_state(self, claims: PublishedClaimQuerySet, name: str, value: str) -> PublishedClaimQuerySet:
        return claims.in_forecast_state(value, timezone.localdate())


def moved_slugs(given: Mapping[str, Any]) -> dict[str, str]:
    """The filters whose slug is one that something had before it was renamed or merged, with the one it has now.

    Valid filters only. Nothing is found by such a slug, so ask where nothing was: it is a query for each filter.
    """
    named = {name: str(given[name]) for name in SLUGS if given.get(name)}
    present = {name: present_slug(SLUGS[name], slug) for name, slug in named.items()}
    return {name: slug for name, slug in present.items() if slug and slug != named[name]}


def claims_matching(query: str) -> PublishedClaimQuerySet:
    """The claims that the API's list would give for this query string. ValueError says what is wrong with it."""
    pairs = parse_qsl(query, keep_blank_values=True)
    given = dict(pairs)
    if len(given) < len(pairs) or "" in given.values() or (query and not given):
        raise ValueError("Write filters as name=value, each once, with & between.")
    if unknown := given.keys() - ClaimFilter.base_filters.keys():
        names = ", ".join(ClaimFilter.base_filters)
        raise ValueError(f"There is no filter {', '.join(sorted(unknown))}. Choose of: {names}.")
    filterset = ClaimFilter(given, PublishedClaim.objects.all())
    if not filterset.is_valid():
        raise ValueError(" ".join(f"{name}: {' '.join(errors)}" for name, errors in filterset.errors.items()))
    if moved := moved_slugs(given):
        filterset = ClaimFilter(given | moved, PublishedClaim.objects.all())
    found: PublishedClaimQuerySet = filterset.qs
    return found


class EntityFilter(RecordFilter):
    q = filters.CharFilter(
        method="search", label=_("Words"), help_text="Words of its names, in any order.", max_length=QUERY_LENGTH
    )

    class Meta:
        model = PublishedEntity
        fields: list[str] = []

    def search(self, entities: QuerySet[PublishedEntity], name: str, value: str) -> QuerySet[PublishedEntity]:
        for word in fold(value).split()[:QUERY_WORDS]:
            entities = entities.filter(search_text__contains=word)
        return entities


class SpeakerFilter(EntityFilter):
    kind = filters.ChoiceFilter("subkind", choices=SpeakerKind.choices, label=_("Kind"), help_text="Kind of speaker.")


class SourceFilter(EntityFilter):
    kind = filters.ChoiceFilter("subkind", choices=SourceKind.choices, label=_("Kind"), help_text="Kind of source.")
