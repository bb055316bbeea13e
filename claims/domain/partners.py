"""Keys with which partners read the API. A secret is shown once, when it is made, and only its digest is kept.

The digest is one round of SHA-256. A slow hash would make guessing what people choose expensive; nobody guesses 256
random bits, and the check is made with every request.
"""

import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField
from django.utils import timezone

from claims.domain.prepared import Prepared
from claims.enums import KeyScope
from claims.models import Partner, PartnerKey

# `fc_`, eight characters by which a key is known to people and found by us, and the secret itself.
FORM = re.compile(r"(fc_[-\w]{8})_[-\w]{43}", re.ASCII)
GRACE = timedelta(days=7)
HIGHEST_RATE = 1_000_000  # requests a minute

KEYS = Prepared(
    lambda prefixes: PartnerKey.objects.filter(prefix__in=prefixes).order_by(),
    "id",
    "prefix",
    "digest",
    "scopes",
    "rate",
    "expires_at",
    "revoked_at",
    key=CharField(),
)


class KeyRefusedError(Exception):
    """Why a key opens nothing, in a sentence for its holder."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is good: `rate` in requests a minute, `scopes` as values of KeyScope."""

    pk: int
    prefix: str
    scopes: Sequence[str]
    rate: int


def create_key(
    partner: Partner, *, name: str, scopes: Sequence[str], rate: int, expires_at: datetime | None = None
) -> tuple[PartnerKey, str]:
    """Add a key to `partner`. Returns it and its secret, which is nowhere to be had again. Raises ValidationError."""
    secret = f"fc_{secrets.token_urlsafe(6)}_{secrets.token_urlsafe(32)}"
    key = PartnerKey(
        partner=partner,
        name=name,
        scopes=sorted(set(scopes)),
        rate=rate,
        expires_at=expires_at,
        prefix=_prefix(secret),
        digest=digest_of(secret),
    )
    _check(key)
    key.save()
    return key, secret


def rotate_key(key: PartnerKey, *, grace: timedelta = GRACE) -> tuple[PartnerKey, str]:
    """Give the partner a new key like `key`, which itself works for `grace` longer, and no longer than it would have.

    The new key lives as long as the old one was meant to, counted from now. Returns it and its secret. Raises
    ValidationError when `key` was rotated before, or works no more.
    """
    with transaction.atomic():
        now = timezone.now()
        old = PartnerKey.objects.select_for_update().get(pk=key.pk)
        if old.rotated_to or state_of(old, now=now) != "works":
            raise ValidationError("Only a key that works and was not rotated before can be rotated. Create a new one.")
        expires_at = now + (old.expires_at - old.created_at) if old.expires_at else None
        new, secret = create_key(old.partner, name=old.name, scopes=old.scopes, rate=old.rate, expires_at=expires_at)
        old.rotated_to = new
        old.expires_at = min(now + grace, old.expires_at or now + grace)
        old.save(update_fields=["rotated_to", "expires_at"])
    return new, secret


def revoke_key(key: PartnerKey) -> None:
    """Refuse `key` from the next request on, for good. Revoking it again changes nothing."""
    PartnerKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())


def state_of(key: PartnerKey, *, now: datetime) -> str:
    """`works`, `expired` or `revoked`."""
    if key.revoked_at:
        return "revoked"
    return "expired" if key.expires_at and key.expires_at <= now else "works"


def looks_like_a_key(text: str) -> bool:
    return FORM.fullmatch(text) is not None


def key_of(secret: str) -> Key:
    """The key whose secret this is. One query at most. Raises KeyRefusedError."""
    if not looks_like_a_key(secret):
        raise KeyRefusedError("This is not a key of ours.")
    for row in KEYS.rows([_prefix(secret)]):
        # Only who holds the secret learns what became of the key.
        if hmac.compare_digest(row["digest"], digest_of(secret)):
            if row["revoked_at"]:
                raise KeyRefusedError("This key was revoked.")
            if row["expires_at"] and row["expires_at"] <= timezone.now():
                raise KeyRefusedError("This key has expired.")
            return Key(row["id"], row["prefix"], row["scopes"], row["rate"])
    raise KeyRefusedError("There is no such key.")


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _prefix(secret: str) -> str:
    match = FORM.fullmatch(secret)
    assert match is not None
    return match[1]


def _check(key: PartnerKey) -> None:
    unknown = set(key.scopes) - set(KeyScope.values)
    if unknown:
        raise ValidationError({"scopes": f"There is no scope {min(unknown)!r}."})
    if key.rate > HIGHEST_RATE:
        raise ValidationError({"rate": f"Write a rate of at most {HIGHEST_RATE} requests a minute."})
    key.full_clean()
