import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.domain import publishing
from claims.domain.claim_drafts import APPEARANCES, EVIDENCE, LINKS, RELATIONS, TOPICS
from claims.domain.current import ENTITIES
from claims.domain.prepared import MOST, Insertion, Prepared
from claims.domain.record import LAST_NUMBERS
from claims.models import Appearance, Edition, PublishedClaim, PublishedEntity, PublishedReference
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("prepared", [TOPICS, APPEARANCES, EVIDENCE, RELATIONS, LINKS])
@pytest.mark.parametrize("count", [1, 3, MOST, MOST + 1])
def test_prepared_gives_what_the_queryset_gives(prepared: Prepared, count: int) -> None:
    claims = [factories.full_claim() for _ in range(count)]
    factories.ClaimRelationFactory.create(claim=claims[0], target=claims[-1] if count > 1 else factories.full_claim())
    keys = [claim.pk for claim in claims]
    if prepared is LINKS:
        keys = list(Appearance.objects.filter(claim__in=keys).values_list("pk", flat=True))[:count]

    twice = [list(prepared.rows(keys)) for _ in range(2)]

    assert twice == [list(prepared.chosen_by(keys).values(*prepared.names))] * 2
    assert twice[0] != []


def test_prepared_asks_nothing_for_no_keys() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert list(EVIDENCE.rows([])) == []

    assert len(queries) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_prepared_by_uid_beside_other_parameters(count: int) -> None:
    publishing.publish_all([factories.full_claim() for _ in range(count)], by="ed")
    uids = [str(uid) for uid in PublishedEntity.objects.values_list("uid", flat=True)]

    for prepared in (ENTITIES, LAST_NUMBERS):
        found = [list(prepared.rows(uids[: 4 * count])) for _ in range(2)]

        assert found == [list(prepared.chosen_by(uids[: 4 * count]).values(*prepared.names))] * 2
        assert len(found[0]) == 4 * count


@pytest.mark.parametrize("model", [PublishedReference, PublishedClaim])
def test_insertion_writes_what_bulk_create_writes(model: type[PublishedReference] | type[PublishedClaim]) -> None:
    publishing.publish_all([factories.full_claim(), factories.full_claim()], by="ed")
    columns = [field.attname for field in model._meta.concrete_fields if field.attname != "id"]
    before = list(model._default_manager.order_by(*columns[:3]).values_list(*columns))
    items = list(model._default_manager.all())
    model._default_manager.all().delete()

    insertion = Insertion(model)
    insertion.write([])
    insertion.write(items[:1])
    insertion.write(items[1:])

    assert list(model._default_manager.order_by(*columns[:3]).values_list(*columns)) == before
    assert before != []


def test_insertion_is_one_statement_for_many_rows() -> None:
    claims = [factories.ClaimFactory.create() for _ in range(3)]

    with CaptureQueriesContext(connection) as queries:
        publishing.publish_all(claims, by="ed")

    inserted = [query["sql"] for query in queries if "INSERT INTO claims_edition" in query["sql"]]
    assert len(inserted) == 1
    assert Edition.objects.count() >= 3
