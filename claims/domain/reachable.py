"""Which addresses the server may reach on behalf of others: the public internet, and what an operator allows besides.

Whoever may make us send a request (a partner's webhook, a page to import) must not reach what only our own network
can. So a name is resolved here, and the connection goes to the address that was checked, not to the name again.
"""

import re
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

from django.conf import settings

PORTS = {"http": 80, "https": 443}
LONGEST = 2000
HOST = re.compile(
    r"(?=.{1,253}\.?\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?"
)
# inet_aton's octal, hexadecimal and one-number forms: no public site is named so, and they hide where they lead.
NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?")
# Global in Python's table, or in some versions', but leading to an address that stands inside of them or to nothing.
NOT_PUBLIC = [
    ip_network(network) for network in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20")
]
UNICAST = ip_network("2000::/3")  # all that is assigned of IPv6; mapped, compatible and NAT64 forms stand outside

Socket = tuple[socket.AddressFamily, tuple[str, int] | tuple[str, int, int, int]]


class OutgoingError(Exception):
    """Why a request was not made, or brought no answer, in a sentence for people."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart. `path` has its query, and nothing but ASCII."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port


def parse(address: str) -> Target:
    """Raises OutgoingError for all that is not an http(s) address of a host, without credentials."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        raise OutgoingError("This is not a web address: its host or port is malformed.") from None
    if parts.scheme not in PORTS or not parts.hostname or len(address) > LONGEST:
        raise OutgoingError(f"A web address starts with http:// or https:// and has up to {LONGEST} characters.")
    if "@" in parts.netloc:
        raise OutgoingError("The address must not carry a user name or a password.")
    if port == 0:
        raise OutgoingError("Nothing can be reached at port 0.")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (parts.query and f"?{_query(parts.query)}")
    return Target(parts.scheme, _host(parts.hostname), port or PORTS[parts.scheme], path)


def _query(text: str) -> str:
    return quote(text, safe="/?%:@!$&'()*+,;=~-._[]")


def _host(text: str) -> str:
    """In ASCII and lower case; an IPv6 address without its brackets."""
    if ":" in text:
        return text
    try:
        host = text.encode("idna").decode().lower()
    except UnicodeError:
        host = ""
    if not HOST.fullmatch(host):
        raise OutgoingError(f"“{text[:100]}” is not the name of a host.")
    if NUMERIC.fullmatch(host) and not _is_ipv4(host):
        raise OutgoingError(f"“{host[:100]}” is a number, not the name of a host.")
    return host


def _is_ipv4(text: str) -> bool:
    try:
        IPv4Address(text)
    except ValueError:
        return False
    return True


def resolve(target: Target, *, seconds: float) -> list[Socket]:
    """Where to connect to, in order of preference. Raises OutgoingError if any of the addresses is not public."""
    found = _look_up(target, seconds)
    for _, place in found:
        if not is_allowed(place[0]):
            leads = "" if place[0] == target.host else f" leads to {place[0]}, which"
            raise OutgoingError(f"{target.host}{leads} is not on the public internet.")
    return found


def _look_up(target: Target, seconds: float) -> list[Socket]:
    """The system's resolver cannot be given a time limit, so it is left alone when its time is over."""
    found: list[Socket] = []
    failed: list[OSError | UnicodeError] = []

    def run() -> None:
        try:
            answers = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            failed.append(error)
        else:
            found.extend((family, place) for family, _, _, _, place in answers if isinstance(place[0], str))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise OutgoingError(f"The name {target.host} was not resolved in time.")
    if failed or not found:
        raise OutgoingError(f"The name {target.host} cannot be resolved.")
    return list(found)


def is_allowed(text: str) -> bool:
    """Whether an IP address is on the public internet, or in a network that the operator named."""
    address = ip_address(text)
    return is_public(address) or _within(address, settings.OUTGOING_PRIVATE_NETWORKS)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    if _within(address, NOT_PUBLIC) or address.is_multicast or address.is_reserved:
        return False
    return address.is_global and (address.version == 4 or address in UNICAST)


def _within(address: IPv4Address | IPv6Address, networks: Sequence[object]) -> bool:
    return any(address in network for network in networks)  # type: ignore[operator]
