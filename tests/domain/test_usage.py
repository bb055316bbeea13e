from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError

from claims.domain import counters, usage
from claims.domain.partners import create_key
from claims.models import KeyUsage, PartnerKey
from tests.factories import PartnerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_counts")]
EVENING = datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC).timestamp()


@pytest.fixture
def key(db: None) -> PartnerKey:
    return create_key(PartnerFactory.create(), name="mirror", scopes=["read"], rate=10)[0]


def written() -> list[tuple[date, int, int]]:
    return list(KeyUsage.objects.order_by("day").values_list("day", "requests", "refused"))


def test_usage_by_day(key: PartnerKey) -> None:
    usage.note(key.pk, refused=False, now=EVENING)
    usage.note(key.pk, refused=True, now=EVENING)
    usage.note(key.pk, refused=False, now=EVENING + 1)
    usage.write()
    usage.note(key.pk, refused=True, now=EVENING + 2)
    usage.write()
    usage.write()

    assert written() == [(date(2026, 11, 24), 2, 1), (date(2026, 11, 25), 2, 1)]


def test_usage_is_written_every_few_seconds(key: PartnerKey) -> None:
    seen = []
    for second in (0, 5, 9, 10, 12):
        usage.note(key.pk, refused=False, now=EVENING + 3600 + second)
        usage.write_if_due(EVENING + 3600 + second)
        seen.append(sum(row[1] for row in written()))

    assert seen == [1, 1, 1, 4, 4]


def test_usage_of_a_key_that_was_deleted(key: PartnerKey) -> None:
    usage.note(key.pk, refused=False, now=EVENING)
    key.partner.delete()
    usage.write()

    assert written() == []


def test_usage_that_the_database_does_not_take(key: PartnerKey, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*args: object) -> None:
        raise DatabaseError("database is locked")

    usage.note(key.pk, refused=True, now=EVENING)
    with monkeypatch.context() as broken:
        broken.setattr(counters, "add_to_usage", busy)
        usage.write()
    assert written() == []
    usage.write()

    assert written() == [(date(2026, 11, 24), 1, 1)]
