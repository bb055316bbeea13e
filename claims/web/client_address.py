"""Whose request it is, by network address: what our own proxies say is believed, and what others say is not."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Network = IPv4Network | IPv6Network

# Whoever has an IPv6 address has all that begin with the same 64 bits.
HOUSEHOLD = 64


def client_address(request: HttpRequest) -> str:
    """The address that made the request, or of IPv6 the network of 64 bits that it is in.

    With TRUSTED_PROXIES, `X-Forwarded-For` is read from its end for as long as a trusted proxy wrote it; a connection
    without an address (a local socket) is then one of our own, too. `Forwarded` (RFC 7239) is not read.
    """
    address = request.META.get("REMOTE_ADDR", "")
    proxies = tuple(settings.TRUSTED_PROXIES)
    if proxies:
        written = request.headers.get("X-Forwarded-For", "").split(",")
        while written and _is_trusted(address, proxies):
            before = written.pop().strip()
            if not _parsed(before):
                break
            address = before
    return _household(address)


@lru_cache(maxsize=4096)
def _is_trusted(address: str, proxies: tuple[Network, ...]) -> bool:
    parsed = _parsed(address)
    return not address or (parsed is not None and any(parsed in proxy for proxy in proxies))


@lru_cache(maxsize=4096)
def _household(address: str) -> str:
    parsed = _parsed(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((int(parsed), HOUSEHOLD), strict=False))
    return str(parsed or "")


def _parsed(address: str) -> object:
    """Some proxies write a port behind an address."""
    host = address.partition("]")[0].removeprefix("[")
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        parsed = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return (isinstance(parsed, IPv6Address) and parsed.ipv4_mapped) or parsed
