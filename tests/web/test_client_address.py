from ipaddress import ip_network

import pytest
from django.conf import LazySettings
from django.test import RequestFactory

from claims.web.client_address import client_address

PROXIES = ["10.0.0.0/8", "::1", "fd00::/8"]


@pytest.fixture(autouse=True)
def proxies(settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = [ip_network(proxy) for proxy in PROXIES]


def address(connection: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=connection, headers=headers))


@pytest.mark.parametrize(
    ("connection", "forwarded", "expected"),
    [
        ("203.0.113.7", None, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # whoever is no proxy of ours may write what they like
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.9, 198.51.100.1", "198.51.100.1"),  # the client wrote the first, our proxy the second
        ("10.0.0.1", "192.0.2.9, 198.51.100.1, 10.9.9.9", "198.51.100.1"),
        ("10.0.0.1", "10.9.9.9", "10.9.9.9"),
        ("10.0.0.1", "192.0.2.9, nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("10.0.0.1", "[2001:db8::1]:4711", "2001:db8::/64"),
        ("::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("", "198.51.100.1", "198.51.100.1"),  # through a local socket
        ("", None, ""),
        ("10.0.0.1", "\0, 북한, <b>, " + "1" * 10_000, "10.0.0.1"),
    ],
)
def test_address_behind_proxies(connection: str, forwarded: str | None, expected: str) -> None:
    assert address(connection, forwarded) == expected


@pytest.mark.parametrize("connection", ["127.0.0.1", "10.0.0.1", ""])
def test_address_without_trusted_proxies(settings: LazySettings, connection: str) -> None:
    settings.TRUSTED_PROXIES = []

    assert address(connection, "198.51.100.1") == connection


def test_neighbours_of_ipv6_are_one_household() -> None:
    assert address("2001:db8:1:2::1") == address("2001:db8:1:2:ffff::9") != address("2001:db8:1:3::1")
