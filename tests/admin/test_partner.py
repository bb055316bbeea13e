"""Partners and their keys on the desk."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.domain import usage
from claims.domain.partners import create_key, key_of, revoke_key, rotate_key
from claims.models import Partner, PartnerKey
from tests.admin.conftest import PEOPLE, As
from tests.admin.forms import path, told
from tests.factories import PartnerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_counts")]
GIVEN = {"name": "mirror", "scopes": ["read", "export"], "rate": "900", "last_day": ""}


@pytest.fixture
def partner() -> Partner:
    return PartnerFactory.create(name="The <b>Platform</b>")


@pytest.fixture
def key(partner: Partner) -> PartnerKey:
    return create_key(partner, name="search", scopes=["search"], rate=60)[0]


def shown(page: Any) -> str:
    """The secret on a page."""
    found = re.findall(r"fc_[-\w]{8}_[-\w]{43}", page.content.decode())
    assert len(found) == 1
    return str(found[0])


def pages(partner: Partner, key: PartnerKey) -> dict[str, str]:
    return {
        "list": path("partner", "changelist"),
        "form": path("partner", "change", partner.pk),
        "create": path("partner", "key_create", partner.pk),
        "rotate": path("partner", "key_rotate", key.pk),
        "revoke": path("partner", "key_revoke", key.pk),
    }


@pytest.mark.parametrize("page", ["list", "form", "create", "rotate", "revoke"])
@pytest.mark.parametrize("person", PEOPLE)
def test_pages_by_person(logged_in_as: As, partner: Partner, key: PartnerKey, person: str, page: str) -> None:
    response = logged_in_as(person).get(pages(partner, key)[page])

    allowed = person in {"editor", "publisher", "superuser"} or (person == "viewer" and page in {"list", "form"})
    assert response.status_code == (302 if person == "anonymous" else 200 if allowed else 403)


@pytest.mark.parametrize("page", ["create", "rotate", "revoke"])
@pytest.mark.parametrize("person", ["anonymous", "staff", "viewer"])
def test_changes_by_who_may_not(logged_in_as: As, partner: Partner, key: PartnerKey, person: str, page: str) -> None:
    response = logged_in_as(person).post(pages(partner, key)[page], GIVEN)

    assert response.status_code == (302 if person == "anonymous" else 403)
    assert PartnerKey.objects.get().revoked_at is None


def test_viewer_is_offered_no_change(logged_in_as: As, partner: Partner, key: PartnerKey) -> None:
    address = pages(partner, key)["form"]
    seen = {person: logged_in_as(person).get(address).content.decode() for person in ("viewer", "editor")}

    offered = {person: re.findall(r">(Create a key|Rotate|Revoke)…<", text) for person, text in seen.items()}
    assert offered == {"viewer": [], "editor": ["Rotate", "Revoke", "Create a key"]}
    assert all(f"{key.prefix}…" in text and "Platform&lt;/b&gt;" in text for text in seen.values())


def test_key_is_created_and_shown_once(desk: Client, partner: Partner) -> None:
    page = desk.post(path("partner", "key_create", partner.pk), GIVEN)
    secret = shown(page)
    form = desk.get(path("partner", "change", partner.pk))

    key = PartnerKey.objects.get()
    assert key_of(secret).pk == key.pk
    assert (key.name, key.scopes, key.rate, key.expires_at) == ("mirror", ["export", "read"], 900, None)
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert (key.prefix in form.content.decode(), secret in form.content.decode()) == (True, False)
    assert [entry.get_change_message() for entry in LogEntry.objects.all()] == [f"Created key {key.prefix}."]


def test_key_works_to_the_end_of_its_last_day(desk: Client, partner: Partner) -> None:
    day = timezone.localdate() + timedelta(days=2)
    desk.post(path("partner", "key_create", partner.pk), GIVEN | {"last_day": day.isoformat()})

    end = datetime.combine(day + timedelta(days=1), datetime.min.time())
    assert PartnerKey.objects.get().expires_at == timezone.make_aware(end)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["write"]}, "scopes"),
        ({"rate": "0"}, "rate"),
        ({"rate": "1000001"}, "rate"),
        ({"rate": "many"}, "rate"),
        ({"last_day": "2019-02-09"}, "last_day"),
        ({"last_day": "9999-12-31"}, "last_day"),
        ({"last_day": "tomorrow"}, "last_day"),
    ],
)
def test_form_of_a_key_with_bad_values(desk: Client, partner: Partner, given: dict[str, Any], field: str) -> None:
    page = desk.post(path("partner", "key_create", partner.pk), GIVEN | given)

    assert (list(page.context["form"].errors), PartnerKey.objects.count()) == ([field], 0)


def test_key_is_rotated(desk: Client, key: PartnerKey) -> None:
    page = desk.post(path("partner", "key_rotate", key.pk))

    key.refresh_from_db()
    assert key.rotated_to is not None
    assert key_of(shown(page)).pk == key.rotated_to.pk
    again = desk.post(path("partner", "key_rotate", key.pk))
    assert told(desk, again) == ["Only a key that works and was not rotated before can be rotated. Create a new one."]


def test_key_is_revoked(desk: Client, partner: Partner, key: PartnerKey) -> None:
    asked = desk.get(path("partner", "key_revoke", key.pk))
    assert (asked.status_code, PartnerKey.objects.get().revoked_at) == (200, None)
    response = desk.post(path("partner", "key_revoke", key.pk))

    assert PartnerKey.objects.get().revoked_at is not None
    assert told(desk, response) == [f"Revoked {key.prefix}…."]
    assert [entry.get_change_message() for entry in LogEntry.objects.all()] == [f"Revoked key {key.prefix}."]


@pytest.mark.parametrize("page", ["key_create", "key_rotate", "key_revoke"])
def test_key_that_is_not_there(desk: Client, page: str) -> None:
    assert desk.post(path("partner", page, 4711), GIVEN).status_code == 404


def test_states_and_use_are_shown(desk: Client, partner: Partner, key: PartnerKey) -> None:
    now = timezone.now()
    revoke_key(key)
    rotate_key(create_key(partner, name="old", scopes=["read"], rate=5)[0])
    create_key(partner, name="over", scopes=["read"], rate=5, expires_at=now - timedelta(days=1))
    for days, refused in [(0, False), (0, True), (3, False), (29, False), (30, False)]:
        usage.note(key.pk, refused=refused, now=(now - timedelta(days=days)).timestamp())
    usage.write()

    context = desk.get(path("partner", "change", partner.pk)).context

    states = sorted((item["key"].name, item["label"], item["may_rotate"]) for item in context["keys"])
    assert states == [
        ("old", "Works", False),
        ("old", "Works", True),
        ("over", "Expired", False),
        ("search", "Revoked", False),
    ]
    assert [(used["requests"], used["refused"]) for used in context["days"]] == [(2, 1), (1, 0), (1, 0)]


def test_list_counts_keys_that_work(desk: Client, partner: Partner, key: PartnerKey) -> None:
    create_key(partner, name="over", scopes=["read"], rate=5, expires_at=timezone.now())
    revoke_key(create_key(partner, name="gone", scopes=["read"], rate=5)[0])
    none = PartnerFactory.create()

    listed = desk.get(path("partner", "changelist")).context["cl"].result_list

    assert {item.name: item.working for item in listed} == {partner.name: 1, none.name: 0}


@pytest.mark.parametrize("page", ["changelist", "change"])
def test_queries_do_not_grow_with_keys(desk: Client, partner: Partner, key: PartnerKey, page: str) -> None:
    address = path("partner", page, *([partner.pk] if page == "change" else []))
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        counts.append(len(queries))
        rotate_key(create_key(partner, name="more", scopes=["read"], rate=5)[0])
        PartnerFactory.create()

    assert counts[1] == counts[2]
