"""The obvious endpoint, at its best: everything it shows is joined or prefetched, and pages by cursor."""

import django_filters as filters
from django.db.models import Prefetch
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.pagination import CursorPagination
from rest_framework.viewsets import ModelViewSet

from claims.models import Appearance, AttributionLink, Claim, ClaimRelation, Evidence
from tests.benchmarks.drf_serializers import ClaimSerializer


class Pagination(CursorPagination):
    ordering = "-pk"  # indexed; the default, -created, would sort the whole table for every page
    page_size = 50
    page_size_query_param = "page_size"


class ClaimFilter(filters.FilterSet):  # type: ignore[misc]
    speaker = filters.CharFilter("speaker__slug")
    rating = filters.CharFilter("verdict__rating__slug")

    class Meta:
        model = Claim
        fields: list[str] = []


class ClaimViewSet(ModelViewSet[Claim]):
    serializer_class = ClaimSerializer
    pagination_class = Pagination
    filter_backends = [DjangoFilterBackend]
    filterset_class = ClaimFilter
    lookup_field = "slug"
    queryset = Claim.objects.select_related("speaker", "verdict__rating__scale").prefetch_related(
        "topics",
        "speaker__affiliations__organisation",
        "verdict__rating__scale__ratings",
        Prefetch("appearances", Appearance.objects.select_related("source", "speaker")),
        "appearances__speaker__affiliations__organisation",
        Prefetch("appearances__attribution", AttributionLink.objects.select_related("speaker")),
        "appearances__attribution__speaker__affiliations__organisation",
        Prefetch("evidence", Evidence.objects.select_related("source")),
        Prefetch("relations", ClaimRelation.objects.select_related("target")),
    )
