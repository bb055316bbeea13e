"""Nested serializers over the desk that give the content of a published claim, member for member."""

from typing import Any

from rest_framework import serializers

from claims.dates import overlaps
from claims.models import (
    Affiliation,
    Appearance,
    AttributionLink,
    Claim,
    ClaimRelation,
    Evidence,
    Rating,
    RatingScale,
    Source,
    Speaker,
    Topic,
    Verdict,
)


class TypedSerializer(serializers.ModelSerializer[Any]):
    """What has an address of its own, shown with its type and its public id."""

    type = serializers.CharField(source="record_kind")
    id = serializers.UUIDField(source="uid")


class OrganisationSerializer(serializers.ModelSerializer[Speaker]):
    id = serializers.UUIDField(source="uid")

    class Meta:
        model = Speaker
        fields = ["id", "slug", "name"]


class RoleSerializer(serializers.ModelSerializer[Affiliation]):
    organisation = OrganisationSerializer()

    class Meta:
        model = Affiliation
        fields = ["title", "organisation"]


class SpeakerSerializer(TypedSerializer):
    class Meta:
        model = Speaker
        fields = ["type", "id", "slug", "name", "kind", "wikidata_id"]


class SourceSerializer(TypedSerializer):
    class Meta:
        model = Source
        fields = [
            "type", "id", "slug", "kind", "title", "publisher", "url", "archived_url", "published_on", "language",
        ]  # fmt: skip


class TopicSerializer(TypedSerializer):
    class Meta:
        model = Topic
        fields = ["type", "id", "slug", "name"]


class RelatedClaimSerializer(TypedSerializer):
    class Meta:
        model = Claim
        fields = ["type", "id", "slug", "text"]


class RelationSerializer(serializers.ModelSerializer[ClaimRelation]):
    claim = RelatedClaimSerializer(source="target")

    class Meta:
        model = ClaimRelation
        fields = ["kind", "claim"]


class AttributionSerializer(serializers.ModelSerializer[AttributionLink]):
    speaker = serializers.SerializerMethodField()

    class Meta:
        model = AttributionLink
        fields = ["speaker", "act"]

    def get_speaker(self, link: AttributionLink) -> dict[str, Any]:
        return speaker_on(link.speaker, said_on(link.appearance))


class AppearanceSerializer(serializers.ModelSerializer[Appearance]):
    source = SourceSerializer()  # type: ignore[assignment]
    speaker = serializers.SerializerMethodField()
    date = serializers.SerializerMethodField()
    attribution = AttributionSerializer(many=True)

    class Meta:
        model = Appearance
        fields = [
            "source", "speaker", "date", "medium", "wording", "quotation", "prefix", "suffix", "locator", "attribution",
        ]  # fmt: skip

    def get_speaker(self, appearance: Appearance) -> dict[str, Any]:
        return speaker_on(appearance.speaker or appearance.claim.speaker, said_on(appearance))

    def get_date(self, appearance: Appearance) -> str | None:
        return said_on(appearance) or None


class ScaleSerializer(serializers.ModelSerializer[RatingScale]):
    id = serializers.UUIDField(source="uid")

    class Meta:
        model = RatingScale
        fields = ["id", "slug", "name"]


class RatingSerializer(serializers.ModelSerializer[Rating]):
    type = serializers.ReadOnlyField(default="rating")
    value = serializers.IntegerField(source="rank")
    best = serializers.SerializerMethodField()
    worst = serializers.SerializerMethodField()
    scale = ScaleSerializer()

    class Meta:
        model = Rating
        fields = ["type", "slug", "label", "definition", "conclusive", "value", "best", "worst", "scale"]

    def get_best(self, rating: Rating) -> int | None:
        return max(self._ranks(rating), default=None)

    def get_worst(self, rating: Rating) -> int | None:
        return min(self._ranks(rating), default=None)

    def _ranks(self, rating: Rating) -> list[int]:
        if not rating.conclusive:
            return []
        return [other.rank for other in rating.scale.ratings.all() if other.rank is not None]


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    source = SourceSerializer()  # type: ignore[assignment]

    class Meta:
        model = Evidence
        fields = ["source", "stance", "quotation", "locator", "note"]


class VerdictSerializer(serializers.ModelSerializer[Verdict]):
    rating = RatingSerializer()
    evidence = EvidenceSerializer(source="claim.evidence", many=True)

    class Meta:
        model = Verdict
        fields = ["rating", "summary", "rationale", "reviewed_on", "evidence"]


class ForecastSerializer(serializers.ModelSerializer[Claim]):
    granularity = serializers.CharField(source="due_granularity")
    words = serializers.CharField(source="due_words")

    class Meta:
        model = Claim
        fields = ["due_start", "due_end", "granularity", "words", "criterion"]


# Made once, as DRF does with serializers that are declared as fields: making them is what costs most.
SPEAKER, FORECAST = SpeakerSerializer(), ForecastSerializer()
ROLES: serializers.BaseSerializer[Any] = RoleSerializer(many=True)


class ClaimSerializer(TypedSerializer):
    schema = serializers.ReadOnlyField(default=1)
    speaker = serializers.SerializerMethodField()
    topics = TopicSerializer(many=True)
    forecast = serializers.SerializerMethodField()
    appearances = AppearanceSerializer(many=True)
    relations = RelationSerializer(many=True)
    verdict = VerdictSerializer(default=None)

    class Meta:
        model = Claim
        fields = [
            "schema", "type", "id", "slug", "text", "kind", "language", "claimed_on", "speaker", "topics", "forecast",
            "appearances", "relations", "verdict",
        ]  # fmt: skip

    def get_speaker(self, claim: Claim) -> dict[str, Any]:
        return speaker_on(claim.speaker, claim.claimed_on)

    def get_forecast(self, claim: Claim) -> dict[str, Any] | None:
        return FORECAST.to_representation(claim) if claim.kind == "forecast" else None


def said_on(appearance: Appearance) -> str:
    return appearance.date or appearance.claim.claimed_on


def speaker_on(speaker: Speaker, on: str) -> dict[str, Any]:
    """A speaker, with the roles held on a day."""
    held = [role for role in speaker.affiliations.all() if on and overlaps(on, role.start, role.end)]
    return SPEAKER.to_representation(speaker) | {"on": on or None, "roles": ROLES.to_representation(held)}
