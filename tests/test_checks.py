import shlex

import pytest
from django.conf import LazySettings
from django.core.checks import Error, run_checks
from django.core.checks import Warning as CheckWarning
from django.core.management import call_command
from django.db import connection
from PIL import features

from claims import checks, fonts
from claims.models.guards import guards, missing_guards, remove_guards


def test_public_url_is_set_when_it_is_not(settings: LazySettings) -> None:
    settings.PUBLIC_URL = ""

    (message,) = checks.public_url_is_set(None)

    assert (type(message), message.id) == (CheckWarning, "claims.W001")
    assert message.msg == (
        "PUBLIC_URL is not set, so addresses in structured data follow whatever host a request names."
    )
    assert message.hint == "Set PUBLIC_URL to the address readers use, such as https://facts.example.org"


def test_public_url_is_set_when_it_is(settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://facts.example.org"

    assert checks.public_url_is_set(None) == []


@pytest.mark.parametrize(
    ("https", "proxies", "found"),
    [(True, [], ["claims.W002"]), (True, ["::1"], []), (False, [], [])],
)
def test_readers_are_told_apart(settings: LazySettings, https: bool, proxies: list[str], found: list[str]) -> None:
    settings.HTTPS, settings.TRUSTED_PROXIES = https, proxies

    assert [message.id for message in checks.readers_are_told_apart(None)] == found


@pytest.mark.django_db
def test_record_is_guarded_by_migrations() -> None:
    assert checks.record_is_guarded(None, databases=["default"]) == []


def test_record_is_guarded_without_a_database_to_look_at() -> None:
    assert checks.record_is_guarded(None) == []


@pytest.mark.django_db
def test_record_is_guarded_when_triggers_are_missing() -> None:
    remove_guards(connection)

    messages = checks.record_is_guarded(None, databases=["default"])

    assert [(type(message), message.id, message.msg) for message in messages] == [
        (Error, "claims.E001", f"The record in database 'default' is not guarded: trigger {name} is missing.")
        for name in guards(connection)
    ]


@pytest.mark.django_db
def test_record_is_guarded_again_after_its_hint_was_followed() -> None:
    remove_guards(connection)
    hint = checks.record_is_guarded(None, databases=["default"])[0].hint or ""

    command = shlex.split(hint.partition("manage.py shell")[2])
    call_command("shell", *command, verbosity=0)

    assert command[0] == "-c"
    assert missing_guards(connection) == []


@pytest.mark.django_db
def test_checks_are_registered() -> None:
    found = {message.id for message in run_checks(include_deployment_checks=True, databases=["default"])}

    assert {"claims.W001", "claims.E001"} & found == {"claims.W001"}


def test_share_images_have_fonts_when_they_have(monkeypatch: pytest.MonkeyPatch) -> None:
    if fonts.missing_scripts():
        pytest.skip("fonts for Korean and Arabic are not installed")
    monkeypatch.setattr(features, "check", lambda name: True)

    assert checks.share_images_have_fonts(None) == []


def test_share_images_have_fonts_when_they_have_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FAMILIES", ())
    monkeypatch.setattr(features, "check", lambda name: False)

    messages = checks.share_images_have_fonts(None)

    assert [
        (message.id, message.msg.split(" is found,")[0]) for message in messages if message.id == "claims.W003"
    ] == [
        ("claims.W003", "No font for Korean, Chinese and Japanese"),
        ("claims.W003", "No font for Arabic"),
    ]
    assert messages[-1].id == "claims.W004"


def test_share_images_have_fonts_is_silent_without_pillow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "ImageFont", None)

    assert checks.share_images_have_fonts(None) == []
