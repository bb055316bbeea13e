"""A marker in every text that only the desk holds, found from the models themselves."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from claims.models import (
    Edition,
    PublishedClaim,
    PublishedEntity,
    PublishedName,
    PublishedReference,
    SearchRow,
)
from claims.models.fields import AddressField, PartialDateField

MARKER = "nfrsecret"  # not for readers; short, since it must fit into every column
YEAR = "1901"  # the marker of dates
RECORD = {Edition, PublishedClaim, PublishedEntity, PublishedName, PublishedReference, SearchRow}
# By it the sender's page is found.
KEPT = {"Tip.token_digest"}


def desk_models() -> list[type[models.Model]]:
    return [model for model in apps.get_app_config("claims").get_models() if model not in RECORD]


def columns(model: type[models.Model]) -> Iterator["models.Field[Any, Any]"]:
    """Those that hold any text; a choice is none."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        if is_text and f"{model.__name__}.{field.name}" not in KEPT:
            yield field


def plant(*names: str) -> set[str]:
    """Write the marker into each text of each row; or into the columns of these names. Returns what was marked."""
    marked = set()
    for model in desk_models():
        for column in columns(model):
            for row in model._default_manager.all() if not names or column.name in names else ():
                # A row may refuse what belongs to others of its table, such as a criterion where nothing is forecast.
                with suppress(IntegrityError), transaction.atomic():
                    model._default_manager.filter(pk=row.pk).update(**{column.name: _marker(model, column, row.pk)})
                    marked.add(f"{model.__name__}.{column.name}")
    return marked


def _marker(model: type[models.Model], column: "models.Field[Any, Any]", pk: Any) -> str:
    where = f"{model.__name__.lower()}-{column.name}-{pk}"
    match column:
        case PartialDateField():
            return f"{YEAR}-02-{pk % 28 + 1:02}"
        case AddressField():
            text = f"https://{MARKER}-{where}.example/"
        case models.EmailField():
            text = f"{MARKER}-{where}@a.example"
        case _ if column.max_length and column.max_length < len(f"{MARKER}-{where}"):
            text = f"{MARKER}{pk}"
        case _:
            text = f"{MARKER}-{where}"
    return text[: column.max_length]
