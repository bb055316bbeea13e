"""Public objects and their editions. Every answer is read from the projection and the record, never from the desk."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.viewsets import ViewSetMixin

from claims.api.base import ApiView, json_response
from claims.api.parameters import OneOf, Reader, Repeated, Several, filter_readers, identifier, read, slug, web_address
from claims.api.problems import invalid_parameters, not_found
from claims.api.v1 import pages
from claims.api.v1.elsewhere import elsewhere, moved, newest_edition
from claims.api.v1.fields import Fields, Tree, select
from claims.api.v1.include import NAMES, embedded
from claims.domain import record
from claims.enums import RecordKind
from claims.exchange import resources
from claims.filters import ClaimFilter, EntityFilter, RecordFilter, SourceFilter, SpeakerFilter, moved_slugs
from claims.models import Edition, PublishedClaim, PublishedEntity, PublishedReference
from claims.models.projection import ADDRESS

MOST_OF_A_BATCH = 100
BATCH: dict[str, Reader] = {"id": Several(identifier, MOST_OF_A_BATCH), "slug": Several(slug, MOST_OF_A_BATCH)}
BY_ADDRESS: dict[str, Reader] = {"url": Repeated(web_address, MOST_OF_A_BATCH)}
COLUMN_OF = {"id": "uid", "slug": "slug"}
PUBLISHED = {"published": pages.Ordering(ascending=True), "-published": pages.NEWEST_FIRST}
UPDATED = {"updated": pages.Ordering("edition", ascending=True), "-updated": pages.Ordering("edition")}
Page = tuple[list[resources.Row], pages.Cursor | None, pages.Cursor | None]
POSITION = {"pk": resources.position, "edition": resources.edition}


class RecordViewSet(ViewSetMixin, ApiView):
    """List and single object, and the same of its editions. A resource is a kind, its public rows and their filters."""

    kind: ClassVar[RecordKind]
    published: ClassVar[QuerySet[Any]]
    rows: ClassVar[QuerySet[Any, resources.Row]]
    filterset: ClassVar[type[RecordFilter]]
    orderings: ClassVar[dict[str, pages.Ordering]] = PUBLISHED
    batch: ClassVar[dict[str, Reader]] = BATCH
    including: ClassVar[dict[str, Reader]] = {}
    # By what a request asks for, the parameters that it may have.
    parameters: ClassVar[dict[str, dict[str, Reader]]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.rows = cls.published.values_list(*resources.COLUMNS)
        fields: dict[str, Reader] = {"fields": Fields(cls.kind)} | cls.including
        ordering: dict[str, Reader] = {"ordering": OneOf(tuple(cls.orderings))}
        cls.parameters = {
            "list": filter_readers(cls.filterset) | cls.batch | fields | ordering | pages.PARAMETERS,
            "retrieve": fields,
            "editions": pages.PARAMETERS,
            "edition": {},
        }

    def list(self, request: Request) -> HttpResponse:
        given = read(request.query_params, self.parameters["list"])
        shown = {name: given.pop(name) for name in ("fields", "include") if name in given}
        ordering = self.orderings[given.pop("ordering", "-published")]
        paging = {name: given.pop(name) for name in pages.PARAMETERS if name in given}
        page, back, onward = self._page(given, ordering, paging)
        if not page and (moved := moved_slugs(given)):
            page, back, onward = self._page(given | moved, ordering, paging)
        return pages.page_of(request, _results(page, **shown), back, onward)

    def retrieve(self, request: Request, slug: str) -> HttpResponse:
        shown = read(request.query_params, self.parameters["retrieve"])
        row = self.rows.filter(slug=slug).first()
        if row is None:
            return elsewhere(request, self.kind, slug)
        (text,) = _results([row], **shown)
        return json_response(text.encode())

    def editions(self, request: Request, slug: str) -> HttpResponse:
        paging = read(request.query_params, self.parameters["editions"])
        newest = newest_edition(request, self.kind, slug)
        if newest.slug != slug:
            return moved(request, newest.slug)
        rows = Edition.objects.of_object(self.kind, newest.uid)
        page, back, onward = pages.keyset(rows, lambda edition: edition.sequence, **paging)
        return pages.page_of(request, map(record.envelope, page), back, onward)

    def edition(self, request: Request, slug: str, number: int) -> HttpResponse:
        read(request.query_params, self.parameters["edition"])
        newest = newest_edition(request, self.kind, slug)
        if newest.slug != slug:
            return moved(request, newest.slug)
        edition = Edition.objects.of_object(self.kind, newest.uid).filter(number=number).first()
        if edition is None:
            raise not_found(request.path)
        return json_response(record.envelope(edition).encode())

    def _page(self, given: dict[str, Any], ordering: pages.Ordering, paging: dict[str, Any]) -> Page:
        return pages.keyset(self._filtered(given), POSITION[ordering.column], ordering=ordering, **paging)

    def _filtered(self, given: dict[str, Any]) -> QuerySet[Any]:
        batch = {f"{COLUMN_OF[name]}__in": given[name] for name in BATCH if name in given}
        rows = self.rows.filter(**batch) if batch else self.rows
        if "url" in given:
            found_at = PublishedReference.objects.filter(kind=ADDRESS, uid__in=given["url"])
            rows = rows.filter(first_sequence__in=found_at.values("referrer"))
        try:
            return self.filterset.narrowed(rows, given)
        except ValidationError as error:
            raise invalid_parameters([(name, " ".join(found)) for name, found in error.message_dict.items()]) from None


def _results(rows: list[resources.Row], fields: Tree | None = None, include: Sequence[str] = ()) -> Iterable[str]:
    """The JSON of each row: what is wanted of it, with what is to be embedded. One query for the latter."""
    texts: Iterable[str] = map(resources.resource, rows)
    if fields:
        texts = (select(text, fields) for text in texts)
    return embedded(texts, rows, include) if include else texts


class ClaimViewSet(RecordViewSet):
    kind = RecordKind.CLAIM
    published = PublishedClaim.objects.all()
    filterset = ClaimFilter
    orderings = PUBLISHED | UPDATED
    batch = BATCH | BY_ADDRESS
    including = {"include": Several(OneOf(NAMES), len(NAMES))}


class SpeakerViewSet(RecordViewSet):
    kind = RecordKind.SPEAKER
    published = PublishedEntity.objects.filter(kind=RecordKind.SPEAKER)
    filterset = SpeakerFilter


class SourceViewSet(RecordViewSet):
    kind = RecordKind.SOURCE
    published = PublishedEntity.objects.filter(kind=RecordKind.SOURCE)
    filterset = SourceFilter
    batch = BATCH | BY_ADDRESS


class TopicViewSet(RecordViewSet):
    kind = RecordKind.TOPIC
    published = PublishedEntity.objects.filter(kind=RecordKind.TOPIC)
    filterset = EntityFilter


class RatingScaleViewSet(RecordViewSet):
    kind = RecordKind.RATING_SCALE
    published = PublishedEntity.objects.filter(kind=RecordKind.RATING_SCALE)
    filterset = EntityFilter


class PageViewSet(RecordViewSet):
    kind = RecordKind.PAGE
    published = PublishedEntity.objects.filter(kind=RecordKind.PAGE)
    filterset = EntityFilter
