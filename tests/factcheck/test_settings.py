"""Settings are read once per process, so each case starts one, with an environment of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def _started(expression: str, **environment: str) -> subprocess.CompletedProcess[str]:
    code = f"from factcheck import settings; print({expression})"
    environment = {"PATH": os.environ["PATH"], **environment}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "SECRET_KEY is not set."),
        ({"DEBUG": "false"}, "SECRET_KEY is not set."),
        ({"SECRET_KEY": "x", "DEBUG": "maybe"}, "DEBUG is 'maybe', which is neither yes nor no."),
        ({"SECRET_KEY": "x", "TIME_ZONE": "Mars"}, "TIME_ZONE is 'Mars'. Write the name of a zone"),
        ({"SECRET_KEY": "x", "LANGUAGE_CODE": "tlh"}, "LANGUAGE_CODE is 'tlh'. Write one of en, ko, ar"),
        ({"SECRET_KEY": "x", "PUBLIC_URL": "facts"}, "PUBLIC_URL is 'facts'. Write an address"),
        ({"SECRET_KEY": "x", "DATABASE_URL": "oracle://h/d"}, "DATABASE_URL starts with 'oracle'."),
        ({"SECRET_KEY": "x", "CACHE_URL": "disk"}, "CACHE_URL starts with 'disk'."),
        ({"SECRET_KEY": "x", "EMAIL_URL": "pigeon"}, "EMAIL_URL starts with 'pigeon'."),
        ({"SECRET_KEY": "x", "OUTGOING_PRIVATE_NETWORKS": "lan"}, "OUTGOING_PRIVATE_NETWORKS: 'lan' does not appear"),
    ],
)
def test_settings_with_a_bad_value_stop_start_up(environment: dict[str, str], sentence: str) -> None:
    result = _started("''", **environment)

    last_line = result.stderr.strip().splitlines()[-1]
    assert result.returncode == 1
    assert last_line.startswith(f"django.core.exceptions.ImproperlyConfigured: {sentence}")


def test_settings_that_nobody_changed() -> None:
    names = [
        "DEBUG",
        "PUBLIC_URL",
        "SITE_NAME",
        "TIME_ZONE",
        "LANGUAGE_CODE",
        "SESSION_COOKIE_SECURE",
        "ALLOWED_HOSTS",
    ]

    result = _started(f"[getattr(settings, name) for name in {names}]", SECRET_KEY="x")

    assert result.stdout == "[False, '', 'Factcheck', 'UTC', 'en', False, ['localhost', '127.0.0.1', '[::1]']]\n"


def test_settings_behind_https() -> None:
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "CSRF_TRUSTED_ORIGINS", "SECURE_PROXY_SSL_HEADER"]
    environment = {"SECRET_KEY": "x", "PUBLIC_URL": "https://facts.example.org/"}

    result = _started(f"[getattr(settings, name) for name in {names}]", **environment)

    expected = [True, True, ["https://facts.example.org"], ("HTTP_X_FORWARDED_PROTO", "https")]
    assert result.stdout == f"{expected}\n"


def test_settings_with_a_secret_only_for_debugging() -> None:
    assert _started("settings.SECRET_KEY", DEBUG="true").stdout == "only-for-debugging\n"


def test_settings_of_a_mail_server() -> None:
    """As this version of Django reads them: mail goes where EMAIL_URL says."""
    code = (
        "import django; from django.core import mail; django.setup(); "
        "mailer = mail.mailers['default'] if django.VERSION >= (6, 1) else mail.get_connection(); "
        "print(type(mailer).__module__, mailer.host, mailer.port, mailer.username, mailer.use_tls, mailer.timeout)"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "x",
        "EMAIL_URL": "smtp://u:p@mail.example:2525",
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
    }
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    expected = "django.core.mail.backends.smtp mail.example 2525 u True 10\n"
    assert (result.stdout, result.stderr) == (expected, "")
