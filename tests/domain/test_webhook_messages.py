"""What is sent, checked by the reference implementation of Standard Webhooks."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from claims.domain import publishing, record, webhook_messages, webhooks
from claims.models import Claim, Edition, WebhookEndpoint
from tests import factories


@pytest.fixture
def endpoint(db: None) -> WebhookEndpoint:
    return factories.WebhookEndpointFactory.create()


@pytest.fixture
def edition(claim: Claim) -> Edition:
    claim.text = 'He said: “é \u202e"<b>".'
    claim.save()
    publishing.publish(claim, by="ed")
    edition = publishing.retract(claim, by="ed", reason='Wrong: "é\\\n</script>".')
    return Edition.objects.get(pk=edition.pk)


def test_body_holds_the_edition_as_the_change_feed_does(edition: Edition, settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://facts.example.org"

    body = json.loads(webhook_messages.body_of(edition, slug=edition.slug))

    assert body == {
        "type": "claim.retracted",
        "timestamp": record.timestamp(edition.published_at),
        "url": f"https://facts.example.org/api/v1/claims/{edition.slug}/",
        "data": json.loads(record.envelope(edition)),
    }
    assert record.envelope(edition).encode() in webhook_messages.body_of(edition, slug=edition.slug)


def test_signature_is_what_the_standard_says(endpoint: WebhookEndpoint, edition: Edition) -> None:
    body = webhook_messages.body_of(edition, slug=edition.slug)
    headers = webhook_messages.headers(endpoint, "msg_1", body, now=timezone.now())
    receiver = Webhook(webhook_messages.secret(endpoint))

    assert receiver.verify(body, headers) == json.loads(body)
    for wrong_body, wrong_headers in [
        (body + b" ", headers),
        (body, headers | {"webhook-id": "msg_2"}),
        (body, headers | {"webhook-timestamp": str(int(headers["webhook-timestamp"]) + 1)}),
    ]:
        with pytest.raises(WebhookVerificationError):
            receiver.verify(wrong_body, wrong_headers)


def test_secret_is_of_one_endpoint_and_one_key(endpoint: WebhookEndpoint, settings: LazySettings) -> None:
    secrets = [webhook_messages.secret(endpoint), webhook_messages.secret(factories.WebhookEndpointFactory.create())]
    settings.SECRET_KEY = "another"
    secrets.append(webhook_messages.secret(endpoint))

    assert (len(set(secrets)), {len(secret) for secret in secrets}) == (3, {6 + 44})
    assert {secret[:6] for secret in secrets} == {"whsec_"}


@pytest.mark.parametrize(("hours", "old_is_accepted"), [(0, True), (23, True), (25, False)])
def test_rotated_secret(endpoint: WebhookEndpoint, hours: int, old_is_accepted: bool) -> None:
    old = webhook_messages.secret(endpoint)
    new = webhooks.rotate_secret(endpoint)
    endpoint.refresh_from_db()
    endpoint.rotated_at = timezone.now() - timedelta(hours=hours)

    headers = webhook_messages.headers(endpoint, "msg_1", b"{}", now=timezone.now())

    assert Webhook(new).verify(b"{}", headers) == {}
    assert len(headers["webhook-signature"].split()) == 1 + old_is_accepted
    if old_is_accepted:
        assert Webhook(old).verify(b"{}", headers) == {}
    else:
        with pytest.raises(WebhookVerificationError):
            Webhook(old).verify(b"{}", headers)


def test_secret_that_is_rotated_often(endpoint: WebhookEndpoint) -> None:
    """Each signs for a day after it was replaced; the receiver may still have any of them."""
    began = timezone.now()
    secrets = [webhook_messages.secret(endpoint)]
    for hours in (0, 10, 20):
        with time_machine.travel(began + timedelta(hours=hours), tick=False):
            secrets.append(webhooks.rotate_secret(WebhookEndpoint.objects.get()))
    endpoint.refresh_from_db()

    def accepted(hours: int) -> list[bool]:
        headers = webhook_messages.headers(endpoint, "msg_1", b"{}", now=began + timedelta(hours=hours))
        return [_is_accepted(secret, headers) for secret in secrets]

    assert [accepted(hours) for hours in (23, 25, 35, 45)] == [
        [True, True, True, True],
        [False, True, True, True],
        [False, False, True, True],
        [False, False, False, True],
    ]


def _is_accepted(secret: str, headers: dict[str, str]) -> bool:
    with time_machine.travel(int(headers["webhook-timestamp"]), tick=False):
        try:
            Webhook(secret).verify(b"{}", headers)
        except WebhookVerificationError:
            return False
    return True


def test_id_is_of_one_endpoint_and_one_edition(endpoint: WebhookEndpoint) -> None:
    other = factories.WebhookEndpointFactory.create()
    ids = [webhook_messages.message_id(*pair) for pair in [(endpoint, 1), (endpoint, 2), (other, 1), (endpoint, 1)]]

    assert (ids[0] == ids[3], len(set(ids)), ids[0][:4]) == (True, 3, "msg_")


def test_verification_of_the_guide(endpoint: WebhookEndpoint) -> None:
    """The lines that partners are told to copy accept what we send, of either secret, and nothing else."""
    guide = (Path(__file__).resolve().parent.parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(next(code for code in re.findall(r"```python\n(.*?)```", guide, re.DOTALL) if "def verified" in code), names)
    old, new = webhook_messages.secret(endpoint), webhooks.rotate_secret(endpoint)
    body = b'{"type": "ping"}'
    headers = webhook_messages.headers(endpoint, "msg_1", body, now=timezone.now())
    early = webhook_messages.headers(endpoint, "msg_1", body, now=timezone.now() - timedelta(minutes=6))

    assert [names["verified"](secret, headers, body) for secret in (old, new)] == [{"type": "ping"}] * 2
    for secret, given, text, sentence in [
        (new, headers, b"{}", "wrong signature"),
        (webhook_messages.secret(factories.WebhookEndpointFactory.create()), headers, body, "wrong signature"),
        (new, headers | {"webhook-id": "msg_2"}, body, "wrong signature"),
        (new, early, body, "too old"),
    ]:
        with pytest.raises(ValueError, match=f"^{sentence}$"):
            names["verified"](secret, given, text)
