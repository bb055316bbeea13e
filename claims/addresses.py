"""Web addresses: which are allowed, and when two of them name the same document."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from claims.visible import is_graphic

DEFAULT_PORTS = {"http": 80, "https": 443}
TRACKING = {"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "ref_src", "cmpid"}

# Of ASCII; names in other scripts may have letters of any kind.
NOT_IN_A_HOST = re.compile(r"[\x00-,/;-@\[-^`{-\x7f]")


def require_valid(url: str) -> None:
    """Raises ValueError for what is not an http(s) address to be written down. What was published before stays."""
    normalise(url)
    if any(not is_graphic(letter) for letter in url):
        raise ValueError("An address holds no blanks and no invisible characters. Write a blank as %20.")
    if NOT_IN_A_HOST.search(urlsplit(url).hostname or ""):
        raise ValueError("This address names no host.")


def normalise(url: str) -> str:
    """The key under which two spellings of one address are equal; not itself an address.

    Ignored are: the scheme, `www.`, upper case in the host, default ports, fragments, a trailing slash, the order of
    parameters, and parameters that only track. Raises ValueError for what is not an http(s) address.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise ValueError("This is not a web address. It must start with http:// or https://.")
    if parts.username or parts.password:
        raise ValueError("An address must not carry a user name or a password.")
    host = parts.hostname.removeprefix("www.")
    port = "" if parts.port in {None, DEFAULT_PORTS[parts.scheme]} else f":{parts.port}"
    # surrogateescape: escaped bytes that are not UTF-8 (EUC-KR, Latin-1) still tell two addresses apart.
    found = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    parameters = sorted((name, value) for name, value in found if not _tracks(name))
    query = f"?{urlencode(parameters, errors='surrogateescape')}" if parameters else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"


def site_of(url: str) -> str:
    """The host of an absolute address in lower case, without `www.`: by what a publisher's site is known."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _tracks(name: str) -> bool:
    return name.lower() in TRACKING or name.lower().startswith("utm_")
