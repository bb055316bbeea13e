"""Which addresses the server may reach."""

import socket
from ipaddress import ip_network

import pytest
from django.conf import LazySettings

from claims.domain.reachable import OutgoingError, is_allowed, parse, resolve
from tests.names import Names


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.215.14", "100.63.255.255", "100.128.0.1", "172.15.0.1", "2001:4860:4860::8888", "2a00:1450::1"],
)
def test_address_on_the_public_internet(address: str) -> None:
    assert is_allowed(address) is True


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::ffff:0:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::8.8.8.8",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_address_that_is_not_on_the_public_internet(address: str) -> None:
    assert is_allowed(address) is False


def test_address_in_a_network_of_the_operator(settings: LazySettings) -> None:
    settings.OUTGOING_PRIVATE_NETWORKS = [ip_network("10.1.0.0/16"), ip_network("fd00::/8")]

    allowed = [is_allowed(address) for address in ("10.1.2.3", "fd00::1", "10.2.0.1", "fc00::1", "::ffff:10.1.2.3")]

    assert allowed == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "A web address starts with http:// or https:// and has up to 2000 characters."),
        ("ftp://a.example/", "A web address starts with http:// or https:// and has up to 2000 characters."),
        ("javascript:alert(1)", "A web address starts with http:// or https:// and has up to 2000 characters."),
        ("file:///etc/passwd", "A web address starts with http:// or https:// and has up to 2000 characters."),
        ("http:///path", "A web address starts with http:// or https:// and has up to 2000 characters."),
        (
            f"http://a.example/{'x' * 2000}",
            "A web address starts with http:// or https:// and has up to 2000 characters.",
        ),
        ("http://[::1", "This is not a web address: its host or port is malformed."),
        ("http://a.example:99999/", "This is not a web address: its host or port is malformed."),
        ("http://a.example:0/", "Nothing can be reached at port 0."),
        ("http://u:p@a.example/", "The address must not carry a user name or a password."),
        ("http://@a.example/", "The address must not carry a user name or a password."),
        ("http://a.example\\@127.0.0.1/", "The address must not carry a user name or a password."),
        ("http://a b/", "“a b” is not the name of a host."),
        ("http://a\0b/", "“a\0b” is not the name of a host."),
        ("http://a..b/", "“a..b” is not the name of a host."),
        ("http://127.0.0.1\\.a.example/", "“127.0.0.1\\.a.example” is not the name of a host."),
        (f"http://{'a' * 64}.example/", f"“{'a' * 64}.example” is not the name of a host."),
        ("http://2130706433/", "“2130706433” is a number, not the name of a host."),
        ("http://0x7f.1/", "“0x7f.1” is a number, not the name of a host."),
        ("http://0177.0.0.1/", "“0177.0.0.1” is a number, not the name of a host."),
        ("http://127.1/", "“127.1” is a number, not the name of a host."),
        ("http://0/", "“0” is a number, not the name of a host."),
        ("http://１２７.1/", "“127.1” is a number, not the name of a host."),
    ],
)
def test_text_that_is_no_address_to_reach(address: str, sentence: str) -> None:
    with pytest.raises(OutgoingError) as caught:
        parse(address)

    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("address", "host", "port", "path"),
    [
        ("http://A.Example", "a.example", 80, "/"),
        ("https://a.example:8443/b?c=d#e", "a.example", 8443, "/b?c=d"),
        (" https://a.example/%20 b?ü=\r\n1 ", "a.example", 443, "/%20%20b?%C3%BC=1"),
        ("https://북한.example/한", "xn--pr3b894b.example", 443, "/%ED%95%9C"),
        ("https://a.example./", "a.example.", 443, "/"),
        ("http://8.8.8.8/", "8.8.8.8", 80, "/"),
        ("http://[2001:DB8::1]:81/", "2001:db8::1", 81, "/"),
    ],
)
def test_address_is_taken_apart(address: str, host: str, port: int, path: str) -> None:
    target = parse(address)

    assert (target.host, target.port, target.path) == (host, port, path)


def test_name_that_leads_to_several_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    Names({"a.example": ["2001:4860:4860::8888", "8.8.8.8"]}).install(monkeypatch)

    found = resolve(parse("https://a.example/"), seconds=5)

    assert [place[:2] for _, place in found] == [("2001:4860:4860::8888", 443), ("8.8.8.8", 443)]


def test_name_that_leads_to_a_private_address_among_public_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    Names({"a.example": ["8.8.8.8", "10.0.0.1"]}).install(monkeypatch)

    with pytest.raises(
        OutgoingError, match=r"^a\.example leads to 10\.0\.0\.1, which is not on the public internet\.$"
    ):
        resolve(parse("https://a.example/"), seconds=5)


def test_name_that_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    Names({}).install(monkeypatch)

    with pytest.raises(OutgoingError, match=r"^The name a\.example cannot be resolved\.$"):
        resolve(parse("https://a.example/"), seconds=5)


def test_name_whose_server_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names({"a.example": ["8.8.8.8"]})
    names.install(monkeypatch)
    names.slow = True
    try:
        with pytest.raises(OutgoingError, match=r"^The name a\.example was not resolved in time\.$"):
            resolve(parse("https://a.example/"), seconds=0.05)
    finally:
        names.answer.set()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_real_name_of_this_machine(host: str) -> None:
    with pytest.raises(OutgoingError, match=r"is not on the public internet|cannot be resolved"):
        resolve(parse(f"http://{host}:1/"), seconds=5)

    assert socket.getaddrinfo("127.0.0.1", 1) != []
