import re
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck import env


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("X", raising=False)
    monkeypatch.delenv("X_FILE", raising=False)


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (lambda: env.text("X", "d"), None, "d"),
        (lambda: env.text("X", "d"), "  ", "d"),
        (lambda: env.text("X", "d"), " a b ", "a b"),
        (lambda: env.flag("X"), None, False),
        (lambda: env.flag("X", default=True), "", True),
        (lambda: env.flag("X"), "Yes", True),
        (lambda: env.flag("X", default=True), "off", False),
        (lambda: env.integer("X", 3), None, 3),
        (lambda: env.integer("X", 3), "12", 12),
        (lambda: env.listing("X", "a,b"), None, ["a", "b"]),
        (lambda: env.listing("X"), " a , ,b ", ["a", "b"]),
        (lambda: env.listing("X"), None, []),
        (lambda: env.integer("X", 3, lowest=0, highest=9), "0", 0),
        (lambda: env.networks("X"), None, []),
        (lambda: env.networks("X"), "10.1.0.0/16, ::1", [ip_network("10.1.0.0/16"), ip_network("::1/128")]),
        (lambda: env.address("X"), None, ""),
        (lambda: env.address("X"), "https://facts.example.org/", "https://facts.example.org"),
        (lambda: env.address("X"), "http://localhost:8000", "http://localhost:8000"),
        (lambda: env.secret("X", "d"), None, "d"),
        (lambda: env.secret("X"), "hidden", "hidden"),
    ],
)
def test_reader_gives_its_type(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], object], value: str | None, expected: object
) -> None:
    if value is not None:
        monkeypatch.setenv("X", value)

    assert read() == expected


@pytest.mark.parametrize(
    ("read", "value", "sentence"),
    [
        (lambda: env.flag("X"), "maybe", "X is 'maybe', which is neither yes nor no. Write X=true or X=false."),
        (lambda: env.integer("X", 3), "many", "X is 'many'. Write a whole number, such as X=3."),
        (lambda: env.integer("X", 3, lowest=0, highest=9), "-1", "X is -1. Write a whole number from 0 to 9."),
        (lambda: env.integer("X", 3, lowest=0, highest=9), "10", "X is 10. Write a whole number from 0 to 9."),
        (
            lambda: env.networks("X"),
            "10.0.0.0/8,lan",
            "X: 'lan' does not appear to be an IPv4 or IPv6 network. Write networks such as X=10.1.0.0/16,fd00::/8",
        ),
        (
            lambda: env.networks("X"),
            "10.1.1.1/8",
            "X: 10.1.1.1/8 has host bits set. Write networks such as X=10.1.0.0/16,fd00::/8",
        ),
        (lambda: env.address("X"), "facts", "X is 'facts'. Write an address such as X=https://facts.example.org"),
        (
            lambda: env.address("X"),
            "https://facts.example.org/?a=1",
            "X is 'https://facts.example.org/?a=1'. Write an address such as X=https://facts.example.org",
        ),
        (
            lambda: env.address("X"),
            "https://[",
            "X is 'https://['. Write an address such as X=https://facts.example.org",
        ),
        (
            lambda: env.address("X"),
            "https://a.example:x",
            "X is 'https://a.example:x'. Write an address such as X=https://facts.example.org",
        ),
        (
            lambda: env.database("X", ""),
            "mysql://u:hidden@h/d",
            "X starts with 'mysql'. Start it with one of: sqlite, postgres, postgresql://",
        ),
        (
            lambda: env.database("X", ""),
            "sqlite:///",
            "X cannot be read: it names no file. See .env.example for the form.",
        ),
        (
            lambda: env.cache("X", ""),
            "memcached",
            "X starts with 'memcached'. Start it with one of: locmem, dummy, file, redis, rediss://",
        ),
        (
            lambda: env.cache("X", ""),
            "file://here",
            "X cannot be read: it names no absolute folder. See .env.example for the form.",
        ),
    ],
)
def test_reader_says_how_to_mend_a_bad_value(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], object], value: str, sentence: str
) -> None:
    monkeypatch.setenv("X", value)

    with pytest.raises(ImproperlyConfigured) as caught:
        read()

    assert str(caught.value) == sentence


@pytest.mark.parametrize("url", ["postgres://u:hidden@h:x/d", "postgres://u:hidden/x@h/d", "postgres://[hidden/d"])
def test_database_that_cannot_be_read_keeps_its_password(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("X", url)

    with pytest.raises(
        ImproperlyConfigured, match=r"^X cannot be read: .+ See \.env\.example for the form\.$"
    ) as caught:
        env.database("X", "")

    assert "hidden" not in str(caught.value)


def test_secret_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden\n")
    monkeypatch.setenv("X_FILE", str(tmp_path / "secret"))

    assert env.secret("X", "d") == "hidden"


def test_secret_from_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "a")
    monkeypatch.setenv("X_FILE", "b")

    with pytest.raises(ImproperlyConfigured, match=r"^Both X and X_FILE are set\. Set only one of them\.$"):
        env.secret("X")


def test_secret_from_a_file_that_is_absent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = str(tmp_path / "none")
    monkeypatch.setenv("X_FILE", path)

    expected = f"X_FILE names {path}, which cannot be read (No such file or directory). Mend the path or its"
    with pytest.raises(ImproperlyConfigured, match=f"^{re.escape(expected)} permissions\\.$"):
        env.secret("X")


def test_secret_from_a_file_that_is_not_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\xff\xfe")
    monkeypatch.setenv("X_FILE", str(tmp_path / "secret"))

    with pytest.raises(
        ImproperlyConfigured, match=r"^X_FILE names .+, which cannot be read \(it is not UTF-8 text\)\."
    ):
        env.secret("X")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:///site.sqlite3", {"NAME": "site.sqlite3"}),
        ("sqlite:////srv/my%20site.sqlite3", {"NAME": "/srv/my site.sqlite3"}),
        (
            "postgres://u:p%40ss@h:5433/d",
            {"NAME": "d", "USER": "u", "PASSWORD": "p@ss", "HOST": "h", "PORT": "5433", "OPTIONS": {}},
        ),
        (
            "postgresql://u@/d?host=/run/pg&sslmode=require",
            {
                "NAME": "d",
                "USER": "u",
                "PASSWORD": "",
                "HOST": "/run/pg",
                "PORT": "",
                "OPTIONS": {"sslmode": "require"},
            },
        ),
    ],
)
def test_database_parts(monkeypatch: pytest.MonkeyPatch, url: str, expected: dict[str, Any]) -> None:
    monkeypatch.setenv("X", url)

    read = env.database("X", "")

    assert {name: read[name] for name in expected} == expected


def test_database_sqlite_waits_and_survives_a_power_cut() -> None:
    options = env.database("X", "sqlite:///site.sqlite3")["OPTIONS"]

    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 60)
    assert options["init_command"].startswith("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")


@pytest.mark.parametrize(
    ("url", "backend", "location"),
    [
        ("locmem://", "locmem.LocMemCache", None),
        ("dummy://", "dummy.DummyCache", None),
        ("file:///var/cache/a%20b", "filebased.FileBasedCache", "/var/cache/a b"),
        ("redis://h:6379/0", "redis.RedisCache", "redis://h:6379/0"),
        ("rediss://h:6379/0", "redis.RedisCache", "rediss://h:6379/0"),
    ],
)
def test_cache_parts(monkeypatch: pytest.MonkeyPatch, url: str, backend: str, location: str | None) -> None:
    monkeypatch.setenv("X", url)

    read = env.cache("X", "")

    assert (read["BACKEND"], read.get("LOCATION")) == (f"django.core.cache.backends.{backend}", location)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://u:p%40ss@h", {"port": 587, "username": "u", "password": "p@ss", "use_tls": True, "use_ssl": False}),
        ("smtp://h:25?starttls=false", {"host": "h", "port": 25, "username": "", "use_tls": False, "use_ssl": False}),
        ("smtps://u:p@h", {"port": 465, "use_tls": False, "use_ssl": True, "timeout": 10}),
    ],
)
def test_mail_server(monkeypatch: pytest.MonkeyPatch, url: str, expected: dict[str, object]) -> None:
    monkeypatch.setenv("X", url)

    found = env.mailer("X", "")

    assert found["BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert {name: found["OPTIONS"][name] for name in expected} == expected


def test_mail_on_the_console() -> None:
    assert env.mailer("X", "console://") == {"BACKEND": "django.core.mail.backends.console.EmailBackend"}


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("smtp://u:hidden@h:x", "X cannot be read: its host or port is malformed (escape / : @ in a password as"),
        ("smtp://", "X cannot be read: it names no host. See .env.example for the form."),
        ("imap://u:hidden@h", "X starts with 'imap'. Start it with one of: console, smtp, smtps://"),
    ],
)
def test_mail_server_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch, url: str, sentence: str) -> None:
    monkeypatch.setenv("X", url)

    with pytest.raises(ImproperlyConfigured) as caught:
        env.mailer("X", "")

    assert str(caught.value).startswith(sentence)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "small"), [("", True), ("redis://h:6379/0", True), ("dummy://", False)], ids=["default", "redis", "off"]
)
def test_small_cache_is_off_with_the_other(monkeypatch: pytest.MonkeyPatch, url: str, small: bool) -> None:
    monkeypatch.setenv("X", url)

    read = env.small_cache("X")

    expected = ("locmem.LocMemCache", {"MAX_ENTRIES": 100}) if small else ("dummy.DummyCache", None)
    assert (read["BACKEND"].removeprefix("django.core.cache.backends."), read.get("OPTIONS")) == expected
