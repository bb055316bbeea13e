"""What a browser would send for a form of the desk."""

from collections.abc import Iterator
from typing import Any

from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from claims.models import Edition, Publishable


def path(model: str, page: str, *args: Any) -> str:
    return reverse(f"admin:claims_{model}_{page}", args=args)


def filled(page: Any, **changes: Any) -> dict[str, Any]:
    """The values of a form page as they stand, with `changes`; `-` in a name is written `__`."""
    values: dict[str, Any] = dict(_values(page.context["adminform"].form))
    for inline in page.context["inline_admin_formsets"]:
        values |= dict(_values(inline.formset.management_form))
        for form in inline.formset.initial_forms:
            values |= dict(_values(form))
    return values | {name.replace("__", "-"): value for name, value in changes.items()}


def _values(form: BaseForm) -> Iterator[tuple[str, Any]]:
    for bound in form:
        value = bound.value()
        if value is not None and value is not False:
            yield bound.html_name, getattr(value, "pk", value)


def row(prefix: str, /, **values: Any) -> dict[str, Any]:
    """The first new row of an inline."""
    return {f"{prefix}-TOTAL_FORMS": 1} | {f"{prefix}-0-{name}": value for name, value in values.items()}


def save(client: Client, address: str, **changes: Any) -> Any:
    """Open the form at `address`, change it, save it."""
    return client.post(address, filled(client.get(address), **changes))


def complaints(page: Any) -> list[str]:
    """Every error that a form page shows, in order."""
    form = page.context["adminform"].form
    found = [error for errors in form.errors.values() for error in errors]
    for inline in page.context["inline_admin_formsets"]:
        found += inline.formset.non_form_errors()
        found += [error for form in inline.formset.forms for errors in form.errors.values() for error in errors]
    return [str(error) for error in found]


def confirm(client: Client, change: str, *items: Publishable, note: str = "") -> Any:
    """Go through the page that asks, and say yes."""
    address = path(str(items[0]._meta.model_name), change)
    ids = ",".join(str(item.pk) for item in items)
    seen = client.get(address, {"ids": ids}).context["plan"].fingerprint
    return client.post(address, {"ids": ids, "seen": seen, "note": note})


def messages(page: Any) -> list[str]:
    """What the page tells, after any redirect that was followed."""
    return [str(message) for message in page.context["messages"]]


def told(client: Client, response: Any) -> list[str]:
    """The messages on the page that a response redirects to."""
    return messages(client.get(response["Location"]))


def record() -> list[tuple[str, str, str]]:
    """The record as (kind, action, note), in order."""
    return list(Edition.objects.order_by("sequence").values_list("kind", "action", "note"))
