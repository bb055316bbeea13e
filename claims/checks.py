"""System checks for operators' mistakes, each with a hint that says how to mend it."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import connections

from claims import fonts
from claims.models.guards import missing_guards


@register(deploy=True)
def public_url_is_set(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.PUBLIC_URL:
        return []
    return [
        CheckWarning(
            "PUBLIC_URL is not set, so addresses in structured data follow whatever host a request names.",
            hint="Set PUBLIC_URL to the address readers use, such as https://facts.example.org",
            id="claims.W001",
        )
    ]


@register(deploy=True)
def readers_are_told_apart(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.TRUSTED_PROXIES or not settings.HTTPS:
        return []
    return [
        CheckWarning(
            "TRUSTED_PROXIES is not set, so all readers behind one proxy share the rates of the API and of tips.",
            hint="Set TRUSTED_PROXIES to the addresses of your proxies, such as 127.0.0.1,::1",
            id="claims.W002",
        )
    ]


@register(deploy=True)
def share_images_have_fonts(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    messages: list[CheckMessage] = [
        CheckWarning(
            f"No font for {script} is found, so claims in it have no picture where they are shared.",
            hint="Install one, such as Debian's fonts-noto-cjk or fonts-dejavu-core, and start anew.",
            id="claims.W003",
        )
        for script in fonts.missing_scripts()
    ]
    if fonts.is_available() and not fonts.can_shape():
        messages.append(
            CheckWarning(
                "Letters cannot be joined, so claims in Arabic and the like have no picture where they are shared.",
                hint="Install FriBiDi, such as Debian's libfribidi0, and start anew.",
                id="claims.W004",
            )
        )
    return messages


@register(Tags.database)
def record_is_guarded(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    return [
        Error(
            f"The record in database {alias!r} is not guarded: trigger {name} is missing.",
            hint="Find out who dropped it and run manage.py verify_record. Then put it back: manage.py shell -c "
            "'from claims.models import guards; from django.db import connection; guards.install_guards(connection)'",
            id="claims.E001",
        )
        for alias in databases or []
        if "claims_edition" in connections[alias].introspection.table_names()
        for name in missing_guards(connections[alias])
    ]
