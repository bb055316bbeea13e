"""Addresses of objects, on the desk and for readers."""

from django.urls import reverse

from claims.enums import Action
from claims.languages import page_path
from claims.models import Edition, Publishable


def admin_path(item: Publishable, page: str = "change") -> str:
    return reverse(f"admin:{item._meta.app_label}_{item._meta.model_name}_{page}", args=[item.pk])


def public_path(edition: Edition) -> str | None:
    """Where readers find the object whose newest edition this is; None once it is retracted.

    The slug is the published one: the desk's may have changed since.
    """
    return None if edition.action == Action.RETRACTED else page_path(f"web:{edition.kind}", edition.slug)
