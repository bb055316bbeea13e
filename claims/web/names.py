"""What objects are called in the language of the page, where a list of names is all that is wanted of them."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language

from claims.domain.facets import Facets
from claims.models import PublishedEntity
from claims.models.together import Row, documents, texts
from claims.web.translations import read


def named(entities: "QuerySet[PublishedEntity]") -> "QuerySet[Any, Row]":
    """Rows for `together`, of which `names` makes names. Other than in the site's own language, documents have them."""
    return texts(entities, "slug", "name") if _is_own() else documents(entities)


def names(rows: list[Row]) -> list[dict[str, str]]:
    """`slug` and `name` of public objects."""
    if _is_own():
        return [{"slug": slug, "name": name} for slug, name, _ in rows]
    return [{"slug": document["slug"], "name": document["name"]} for document in (read(text) for text, *_ in rows)]


def labels_of(counted: Facets) -> dict[tuple[str, str], str]:
    """What values of facets are called, by (facet, value), and by (scale, rating)."""
    labels = {}
    for (kind, slug), text in counted.documents.items():
        document = read(text)
        labels[kind, slug] = document["name"]
        labels |= {(slug, rating["slug"]): rating["label"] for rating in document.get("ratings", ())}
    return labels


def _is_own() -> bool:
    return get_language() == settings.LANGUAGE_CODE
