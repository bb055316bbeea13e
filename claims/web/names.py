"""What objects are called in the language of the page, where a list of names is all that is wanted of them."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from claims.domain.facets import Facets
from claims.enums import RecordKind
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
    """What values of facets are called, by (facet, value), and by (scale, rating); none in the site's own language."""
    if _is_own():
        return {}
    wanted = Q(kind=RecordKind.RATING_SCALE, slug__in={value.more for value in counted.values.get("rating", ())})
    for kind in (RecordKind.SPEAKER, RecordKind.TOPIC):
        wanted |= Q(kind=kind, slug__in={value.value for value in counted.values.get(kind, ())})
    found = PublishedEntity.objects.filter(wanted).values_list("edition__document", flat=True)
    labels = {}
    for document in map(read, found):
        labels[document["type"], document["slug"]] = document["name"]
        for rating in document.get("ratings", ()):
            labels[document["slug"], rating["slug"]] = rating["label"]
    return labels


def _is_own() -> bool:
    return get_language() == settings.LANGUAGE_CODE
