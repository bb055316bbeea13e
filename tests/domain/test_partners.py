"""Making, rotating and revoking keys, and finding one by its secret."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims.domain.partners import KeyRefusedError, create_key, key_of, revoke_key, rotate_key, state_of
from claims.models import PartnerKey
from tests.factories import PartnerFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
UNKNOWN = f"fc_{'a' * 8}_{'b' * 43}"


def made(**given: object) -> tuple[PartnerKey, str]:
    fields = {"name": "mirror", "scopes": ["read"], "rate": 600} | given
    return create_key(PartnerFactory.create(), **fields)  # type: ignore[arg-type]


def refusal(secret: str) -> str:
    with pytest.raises(KeyRefusedError) as error:
        key_of(secret)
    return str(error.value)


def test_created_key_keeps_a_digest_alone() -> None:
    key, secret = made(scopes=["search", "read", "read"])

    key.refresh_from_db()
    stored = " ".join(str(value) for value in PartnerKey.objects.values().get().values())
    assert re.fullmatch(r"fc_[-\w]{8}_[-\w]{43}", secret)
    assert (key.prefix, key.digest) == (secret[:11], sha256(secret.encode()).hexdigest())
    assert (key.scopes, key.rate, key.expires_at, key.revoked_at) == (["read", "search"], 600, None, None)
    assert secret[12:] not in stored


def test_keys_are_all_different() -> None:
    secrets = {made()[1] for _ in range(20)}

    assert len({secret[:11] for secret in secrets}) == len({secret[12:] for secret in secrets}) == 20


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"scopes": ["write"]}, "scopes"),
        ({"scopes": []}, "scopes"),
        ({"rate": 0}, "__all__"),
        ({"rate": 1_000_001}, "rate"),
        ({"name": ""}, "name"),
        ({"name": "x\0"}, "name"),
        ({"name": "x" * 101}, "name"),
    ],
)
def test_created_key_with_bad_values(given: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        made(**given)

    assert (list(error.value.message_dict), PartnerKey.objects.count()) == ([field], 0)


def test_key_of_its_secret(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    key, secret = made()
    made()

    with django_assert_num_queries(1):
        found = key_of(secret)

    assert (found.pk, found.prefix, found.scopes, found.rate) == (key.pk, key.prefix, ["read"], 600)


@pytest.mark.parametrize(
    "secret", ["", "fc_", "북한" * 30, "\0", "x" * 100_000, UNKNOWN + "c", UNKNOWN[:-1], "AIza" * 9]
)
def test_key_of_what_is_no_key(django_assert_num_queries: DjangoAssertNumQueries, secret: str) -> None:
    with django_assert_num_queries(0):
        assert refusal(secret) == "This is not a key of ours."


def test_key_of_another_secret_with_the_same_prefix() -> None:
    _, secret = made()

    assert refusal(secret[:12] + "x" * 43) == "There is no such key."
    assert refusal(UNKNOWN) == "There is no such key."


def test_revoked_key() -> None:
    key, secret = made()
    revoke_key(key)
    key.refresh_from_db()
    first = key.revoked_at
    revoke_key(key)
    key.refresh_from_db()

    assert (key.revoked_at, state_of(key, now=timezone.now())) == (first, "revoked")
    assert refusal(secret) == "This key was revoked."
    assert refusal(secret[:12] + "x" * 43) == "There is no such key."  # what became of it is not for everybody


def test_expired_key() -> None:
    key, secret = made(expires_at=timezone.now() - HOUR)

    assert (state_of(key, now=timezone.now()), refusal(secret)) == ("expired", "This key has expired.")
    assert key_of(made(expires_at=timezone.now() + HOUR)[1]).rate == 600


def test_rotated_key_works_on_for_a_while() -> None:
    old, old_secret = made(scopes=["read", "export"])
    new, new_secret = rotate_key(old, grace=HOUR)

    old.refresh_from_db()
    assert (old.rotated_to, new.partner) == (new, old.partner)
    assert (new.name, new.scopes, new.rate, new.expires_at) == ("mirror", ["export", "read"], 600, None)
    assert old.expires_at is not None
    assert abs(old.expires_at - timezone.now() - HOUR) < timedelta(minutes=1)
    assert (key_of(old_secret).pk, key_of(new_secret).pk) == (old.pk, new.pk)


def test_rotated_key_does_not_outlive_itself() -> None:
    end = timezone.now() + HOUR
    old, _ = made(expires_at=end)
    new, _ = rotate_key(old)

    old.refresh_from_db()
    assert old.expires_at == end
    assert new.expires_at is not None
    assert abs(new.expires_at - end) < timedelta(minutes=1)


def test_key_that_cannot_be_rotated() -> None:
    rotated, revoked, expired = made()[0], made()[0], made(expires_at=timezone.now() - HOUR)[0]
    rotate_key(rotated)
    revoke_key(revoked)

    for key in (rotated, revoked, expired):
        with pytest.raises(ValidationError, match="Only a key that works"):
            rotate_key(key)
    assert PartnerKey.objects.count() == 4
