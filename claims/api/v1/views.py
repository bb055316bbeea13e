"""Public objects and their editions. Every answer is read from the projection and the record, never from the desk."""

from typing import Any, ClassVar

import django_filters as filters
from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.viewsets import ViewSetMixin

from claims.api.base import ApiView, json_response
from claims.api.parameters import Reader, filter_readers, read
from claims.api.problems import invalid_parameters, not_found
from claims.api.v1 import pages, resources
from claims.api.v1.elsewhere import elsewhere, moved, newest_edition
from claims.domain import record
from claims.enums import RecordKind
from claims.filters import ClaimFilter, EntityFilter, SourceFilter, SpeakerFilter
from claims.models import Edition, PublishedClaim, PublishedEntity


class RecordViewSet(ViewSetMixin, ApiView):
    """List and single object, and the same of its editions. A resource is a kind, its public rows and their filters."""

    kind: ClassVar[RecordKind]
    published: ClassVar[QuerySet[Any]]
    filterset: ClassVar[type[filters.FilterSet]]
    list_parameters: ClassVar[dict[str, Reader]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.list_parameters = pages.PARAMETERS | filter_readers(cls.filterset)

    def list(self, request: Request) -> HttpResponse:
        given = read(request.query_params, self.list_parameters)
        paging = {name: given.pop(name) for name in pages.PARAMETERS if name in given}
        rows = self._filtered(given).values_list(*resources.COLUMNS)
        page, newer, older = pages.newest_first(rows, resources.position, **paging)
        return pages.page_of(request, map(resources.resource, page), newer, older)

    def retrieve(self, request: Request, slug: str) -> HttpResponse:
        read(request.query_params, {})
        row = self.published.filter(slug=slug).values_list(*resources.COLUMNS).first()
        if row is None:
            return elsewhere(request, self.kind, slug)
        return json_response(resources.resource(row).encode())

    def editions(self, request: Request, slug: str) -> HttpResponse:
        paging = read(request.query_params, pages.PARAMETERS)
        newest = newest_edition(request, self.kind, slug)
        if newest.slug != slug:
            return moved(request, newest.slug)
        rows = Edition.objects.of_object(self.kind, newest.uid)
        page, newer, older = pages.newest_first(rows, lambda edition: edition.sequence, **paging)
        return pages.page_of(request, map(record.envelope, page), newer, older)

    def edition(self, request: Request, slug: str, number: int) -> HttpResponse:
        read(request.query_params, {})
        newest = newest_edition(request, self.kind, slug)
        if newest.slug != slug:
            return moved(request, newest.slug)
        edition = Edition.objects.of_object(self.kind, newest.uid).filter(number=number).first()
        if edition is None:
            raise not_found(request.path)
        return json_response(record.envelope(edition).encode())

    def _filtered(self, given: dict[str, Any]) -> QuerySet[Any]:
        if not given:  # making a form is most of the cost of a short list
            return self.published.all()
        filterset = self.filterset(given, self.published.all())
        if not filterset.is_valid():
            raise invalid_parameters([(name, " ".join(found)) for name, found in filterset.errors.items()])
        found: QuerySet[Any] = filterset.qs
        return found


class ClaimViewSet(RecordViewSet):
    kind = RecordKind.CLAIM
    published = PublishedClaim.objects.all()
    filterset = ClaimFilter


class SpeakerViewSet(RecordViewSet):
    kind = RecordKind.SPEAKER
    published = PublishedEntity.objects.filter(kind=RecordKind.SPEAKER)
    filterset = SpeakerFilter


class SourceViewSet(RecordViewSet):
    kind = RecordKind.SOURCE
    published = PublishedEntity.objects.filter(kind=RecordKind.SOURCE)
    filterset = SourceFilter


class TopicViewSet(RecordViewSet):
    kind = RecordKind.TOPIC
    published = PublishedEntity.objects.filter(kind=RecordKind.TOPIC)
    filterset = EntityFilter


class RatingScaleViewSet(RecordViewSet):
    kind = RecordKind.RATING_SCALE
    published = PublishedEntity.objects.filter(kind=RecordKind.RATING_SCALE)
    filterset = EntityFilter
