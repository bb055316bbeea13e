"""A receiver on this machine, and an endpoint that is sent everything there."""

from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from django.conf import LazySettings

from claims.models import WebhookEndpoint
from tests import factories
from tests.receivers import Receiver, receiver


@pytest.fixture
def server(settings: LazySettings) -> Iterator[Receiver]:
    settings.OUTGOING_PRIVATE_NETWORKS = [ip_network("127.0.0.0/16")]
    with receiver() as server:
        yield server


@pytest.fixture
def endpoint(db: None, server: Receiver) -> WebhookEndpoint:
    return factories.WebhookEndpointFactory.create(url=server.address("/hook"))
