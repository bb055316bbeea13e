"""The obvious `claims:search`: a `ListAPIView` over the desk in Google's form, with DRF's own search and paging."""

from typing import Any

import django_filters as filters
from django.conf import settings
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import serializers
from rest_framework.filters import SearchFilter
from rest_framework.generics import ListAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response

from claims.addresses import site_of
from claims.exchange.factchecktools import TITLE_LENGTH
from claims.models import Claim, Verdict


class Words(SearchFilter):
    search_param = "query"


class Language(filters.FilterSet):  # type: ignore[misc]
    languageCode = filters.CharFilter("language", "startswith")  # noqa: N815  (Google's name)

    class Meta:
        model = Claim
        fields: list[str] = []


class Tokens(CursorPagination):
    ordering = "-pk"
    page_size = 10
    page_size_query_param = "pageSize"
    cursor_query_param = "pageToken"

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"claims": data, "nextPageToken": self.get_next_link()})


class ReviewSerializer(serializers.ModelSerializer[Verdict]):
    publisher = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    title = serializers.SerializerMethodField()
    reviewDate = serializers.DateField(source="reviewed_on", format="%Y-%m-%dT00:00:00Z")  # noqa: N815
    textualRating = serializers.CharField(source="rating.label")  # noqa: N815
    languageCode = serializers.CharField(source="claim.language")  # noqa: N815

    class Meta:
        model = Verdict
        fields = ["publisher", "url", "title", "reviewDate", "textualRating", "languageCode"]

    def get_publisher(self, verdict: Verdict) -> dict[str, str]:
        return {"name": settings.SITE_NAME, "site": site_of(settings.PUBLIC_URL)}

    def get_url(self, verdict: Verdict) -> str:
        return f"{settings.PUBLIC_URL}/claims/{verdict.claim.slug}/"

    def get_title(self, verdict: Verdict) -> str:
        text = verdict.claim.text
        short = text if len(text) <= TITLE_LENGTH else f"{text[: TITLE_LENGTH - 1]}…"
        return f"{short} – {verdict.rating.label}"


class FactCheckSerializer(serializers.ModelSerializer[Claim]):
    claimant = serializers.CharField(source="speaker.name")
    claimReview = serializers.SerializerMethodField()  # noqa: N815

    class Meta:
        model = Claim
        fields = ["text", "claimant", "claimReview"]

    def get_claimReview(self, claim: Claim) -> list[Any]:  # noqa: N802
        return [ReviewSerializer(claim.verdict).data]

    def to_representation(self, claim: Claim) -> dict[str, Any]:
        date = {"claimDate": f"{claim.claimed_on}T00:00:00Z"} if len(claim.claimed_on) == 10 else {}
        return super().to_representation(claim) | date


class FactChecks(ListAPIView[Claim]):
    serializer_class = FactCheckSerializer
    pagination_class = Tokens
    filter_backends = [Words, DjangoFilterBackend]
    filterset_class = Language
    search_fields = [
        "text", "speaker__name", "topics__name", "appearances__quotation", "verdict__summary", "verdict__rationale",
        "evidence__quotation", "evidence__note", "criterion",
    ]  # fmt: skip
    queryset = Claim.objects.filter(verdict__isnull=False).select_related("speaker", "verdict__rating")
