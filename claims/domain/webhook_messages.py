"""What is sent to an endpoint, and how it is signed: Standard Webhooks (https://www.standardwebhooks.com).

A message is one edition, as the API's change feed gives it. Its id is made of the endpoint and the edition, so that
it is the same at every attempt and a receiver can tell what it has had before.
"""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from uuid import uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from claims.domain import record
from claims.models import Edition, WebhookEndpoint

# A secret that was replaced signs for so long yet: a receiver that knows only this one refuses nothing.
OVERLAP = timedelta(hours=24)
SALT = "claims.webhooks"


def secret(endpoint: WebhookEndpoint) -> str:
    """`whsec_` and 32 bytes in base64. It is derived from SECRET_KEY, so it stands in no table and in no backup."""
    return f"whsec_{base64.b64encode(_key(endpoint, endpoint.generation)).decode()}"


def _key(endpoint: WebhookEndpoint, generation: int) -> bytes:
    return salted_hmac(SALT, f"{endpoint.uid}:{generation}", algorithm="sha256").digest()


def message_id(endpoint: WebhookEndpoint, sequence: int) -> str:
    return f"msg_{uuid5(endpoint.uid, str(sequence)).hex}"


def body_of(edition: Edition, *, slug: str) -> bytes:
    """JSON: type, timestamp, the object's address by its present `slug`, and the edition as its digest covers it."""
    address = json.dumps(f"{settings.PUBLIC_URL}{reverse(f'api:{edition.kind}-detail', args=[slug])}")
    return (
        f'{{"type":"{edition.kind}.{edition.action}","timestamp":"{record.timestamp(edition.published_at)}",'
        f'"url":{address},"data":{record.envelope(edition)}}}'
    ).encode()


def ping_body(now: datetime) -> bytes:
    return json.dumps({"type": "ping", "timestamp": record.timestamp(now), "data": {}}).encode()


def headers(endpoint: WebhookEndpoint, identifier: str, body: bytes, *, now: datetime) -> dict[str, str]:
    """The headers of an attempt made `now`."""
    moment = int(now.timestamp())
    return {
        "Content-Type": "application/json",
        "webhook-id": identifier,
        "webhook-timestamp": str(moment),
        "webhook-signature": " ".join(
            _signature(_key(endpoint, generation), f"{identifier}.{moment}.".encode() + body)
            for generation in _generations(endpoint, now)
        ),
    }


def _generations(endpoint: WebhookEndpoint, now: datetime) -> list[int]:
    """Whose secrets sign, the newest first: each that was the present one within the OVERLAP before `now`."""
    return list(range(endpoint.generation, endpoint.generation - len(rotations(endpoint, now)) - 1, -1))


def rotations(endpoint: WebhookEndpoint, now: datetime) -> list[float]:
    """When the secret was replaced within the OVERLAP before `now`, the newest first, in seconds since 1970."""
    moments = [endpoint.rotated_at.timestamp(), *(endpoint.rotated_before or [])] if endpoint.rotated_at else []
    return [moment for moment in moments if now.timestamp() - moment < OVERLAP.total_seconds()]


def _signature(key: bytes, content: bytes) -> str:
    return f"v1,{base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()}"
