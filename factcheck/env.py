"""Typed readers for environment variables.

Every reader either returns a value of its type or stops start-up with `ImproperlyConfigured` and a sentence that
says how to mend it. A default is used only when the variable is absent or empty.
"""

import os
from collections.abc import Callable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
# What a cache in memory or in files holds at most; those used longest ago fall out first.
ENTRIES = 1000
SMALL = 100


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def secret(name: str, default: str = "") -> str:
    """The value of NAME, or the content of the file that NAME_FILE points to (for container secrets)."""
    path = text(f"{name}_FILE")
    if not path:
        return text(name, default)
    if text(name):
        raise ImproperlyConfigured(f"Both {name} and {name}_FILE are set. Set only one of them.")
    try:
        return Path(path).read_text(encoding="utf-8").strip() or default
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}_FILE names {path}, which cannot be read ({error.strerror}). Mend the path or its permissions."
        ) from error
    except UnicodeDecodeError:  # its message would repeat bytes of the secret
        raise ImproperlyConfigured(
            f"{name}_FILE names {path}, which cannot be read (it is not UTF-8 text). Write the secret as plain text."
        ) from None


def flag(name: str, default: bool = False) -> bool:
    value = text(name).lower()
    if value in TRUE | FALSE:
        return value in TRUE
    if not value:
        return default
    raise ImproperlyConfigured(f"{name} is {value!r}, which is neither yes nor no. Write {name}=true or {name}=false.")


def integer(name: str, default: int, *, lowest: int | None = None, highest: int | None = None) -> int:
    value = text(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}. Write a whole number, such as {name}={default}.") from error
    if (lowest is not None and number < lowest) or (highest is not None and number > highest):
        raise ImproperlyConfigured(f"{name} is {number}. Write a whole number from {lowest} to {highest}.")
    return number


def listing(name: str, default: str = "") -> list[str]:
    """Comma-separated values, without the blanks around them."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Comma-separated networks, or single addresses."""
    try:
        return [ip_network(item) for item in listing(name)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}. Write networks such as {name}=10.1.0.0/16,fd00::/8") from error


def address(name: str) -> str:
    """An absolute http(s) address without a trailing slash, or "" when absent."""
    value = text(name).rstrip("/")
    if value and not _is_address(value):
        raise ImproperlyConfigured(f"{name} is {value!r}. Write an address such as {name}=https://facts.example.org")
    return value


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        port_is_wrong = parts.port == 0
    except ValueError:  # brackets that do not match, a port that is no number
        return False
    wrong = port_is_wrong or parts.query or parts.fragment
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not wrong


def database(name: str, default: str) -> dict[str, Any]:
    """A Django `DATABASES` entry from `sqlite:///file.sqlite3` or `postgres://user:password@host:port/database`."""
    return _by_scheme(name, secret(name, default), {"sqlite": _sqlite, "postgres": _postgres, "postgresql": _postgres})


def cache(name: str, default: str) -> dict[str, Any]:
    """A Django `CACHES` entry from `locmem://`, `dummy://`, `file:///folder` or `redis://host:port/0`."""
    readers = {"locmem": _locmem, "dummy": _dummy, "file": _file_cache, "redis": _redis, "rediss": _redis}
    return _by_scheme(name, secret(name, default), readers)


def mailer(name: str, default: str) -> dict[str, Any]:
    """A Django `MAILERS` entry from `smtp://user:password@host:587`, `smtps://` or `console://`."""
    return _by_scheme(name, secret(name, default), {"console": _console, "smtp": _smtp, "smtps": _smtp})


def small_cache(name: str) -> dict[str, Any]:
    """A cache of few entries in the memory of each process, unless NAME says `dummy://`."""
    is_off = secret(name).startswith("dummy:")
    return _dummy("") if is_off else _locmem("") | {"LOCATION": "small", "OPTIONS": {"MAX_ENTRIES": SMALL}}


def _by_scheme(name: str, url: str, readers: Mapping[str, Callable[[str], dict[str, Any]]]) -> dict[str, Any]:
    scheme = url.partition(":")[0]
    if scheme not in readers or "://" not in url:
        # The value may hold a password, so only its scheme is repeated.
        raise ImproperlyConfigured(f"{name} starts with {scheme!r}. Start it with one of: {', '.join(readers)}://")
    try:
        return readers[scheme](url)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {error}. See .env.example for the form.") from error


def _sqlite(url: str) -> dict[str, Any]:
    path = unquote(url.removeprefix("sqlite://").removeprefix("/"))
    if not path:
        raise ValueError("it names no file")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Writers queue for the lock when their transaction starts; taking it later could fail half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,
            # FULL: an acknowledged edition survives a power cut. 8,000 pages (32 MB) of log before they are moved into
            # the file: publishing writes the same pages of the indexes again and again, and so moves them less often.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384;"
            " PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=8000;",
        },
    }


def _postgres(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # whose message may repeat a part of the password
        raise ValueError("its host or port is malformed (escape / : @ in a password as %2F %3A %40)") from None
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # ?host=/folder reaches a server through its unix socket, as in libpq.
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(port or "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _locmem(url: str) -> dict[str, Any]:
    backend = "django.core.cache.backends.locmem.LocMemCache"
    return {"BACKEND": backend, "OPTIONS": {"MAX_ENTRIES": ENTRIES}}


def _dummy(url: str) -> dict[str, Any]:
    return {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}


def _file_cache(url: str) -> dict[str, Any]:
    folder = unquote(url.removeprefix("file://"))
    if not folder.startswith("/"):
        raise ValueError("it names no absolute folder")
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    return {"BACKEND": backend, "LOCATION": folder, "OPTIONS": {"MAX_ENTRIES": ENTRIES}}


def _redis(url: str) -> dict[str, Any]:
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}


def _console(url: str) -> dict[str, Any]:
    return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}


def _smtp(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # whose message may repeat a part of the password
        raise ValueError("its host or port is malformed (escape / : @ in a password as %2F %3A %40)") from None
    if not parts.hostname:
        raise ValueError("it names no host")
    options = dict(parse_qsl(parts.query))
    implicit = parts.scheme == "smtps"
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": port or (465 if implicit else 587),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": implicit,
            # A password never goes over an open line unless the operator says so.
            "use_tls": not implicit and options.get("starttls", "true") != "false",
            "timeout": 10,
        },
    }
