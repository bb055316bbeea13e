"""The list of public claims, filtered by what stands in its address."""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from claims.enums import ClaimKind, ForecastState, RecordKind
from claims.filters import SLUGS, ClaimFilter
from claims.models import PublishedClaim, PublishedEntity
from claims.models.together import documents, texts, together
from claims.web.elsewhere import moved_filters, moved_of, named_slugs, newest_named
from claims.web.names import named, names
from claims.web.paging import page_of, without
from claims.web.reading import reading
from claims.web.translations import read

PAGE_SIZE = 20
MOST_TOPICS = 200
CURSORS = ("before", "after")
# Filters with a control of their own in the form. Any other one in the address is shown, and can be taken away.
CONTROLS = {"q", "rating", "reviewed", "kind", "topic", "forecast", "claimed_after", "claimed_before"}


@reading
def claim_list(request: HttpRequest) -> HttpResponse:
    claims = PublishedClaim.objects.select_related("edition").only("edition__document")
    filters = ClaimFilter(request.GET, queryset=claims)
    context = _form(request.GET, filters)
    try:
        if not filters.is_valid():
            return render(request, "claims/claims.html", context, status=400)
        page = page_of(filters.qs, "first_sequence", request.GET, PAGE_SIZE)
    except ValueError as error:
        return render(request, "claims/claims.html", context | {"error": str(error)}, status=400)
    if not page.items and context["moved"]:
        return moved_filters(request, context["moved"])
    found = {"page": page, "claims": [read(row.edition.document) for row in page.items]}
    return render(request, "claims/claims.html", context | found)


def _form(parameters: QueryDict, filters: ClaimFilter) -> dict[str, Any]:
    """What the form shows: its choices, and what is in force. One query, however much there is."""
    entities = PublishedEntity.objects.order_by("name")
    slugs = named_slugs(parameters)
    scales, topics, others, *newest = together(
        documents(entities.filter(kind=RecordKind.RATING_SCALE)),
        named(entities.filter(kind=RecordKind.TOPIC)[:MOST_TOPICS]),
        texts(entities.filter(_named(slugs)), "kind", "slug", "edition__document"),
        *newest_named(slugs),
    )
    called = {(kind, slug): _called(text) for kind, slug, text in others}
    return {
        "form": filters.form,
        "scales": [read(text) for text, *_ in scales],
        "topics": names(topics),
        "kinds": ClaimKind,
        "states": ForecastState,
        "others": list(_other_filters(parameters, filters, called)),
        "moved": moved_of(slugs, newest),
        "in_use": sum(bool(parameters.get(name)) for name in CONTROLS - {"q"}),
        "filtered": any(parameters.get(name) for name in filters.form.fields),
    }


def _other_filters(
    parameters: QueryDict, filters: ClaimFilter, names: dict[tuple[str, str], str]
) -> Iterator[dict[str, str]]:
    """Filters in force that have no control: name, label, value, value as readers know it, address without it.

    `names`: by kind and slug, what readers call the things that filters name.
    """
    in_force = [name for name in filters.form.fields if parameters.get(name) and name not in CONTROLS]
    active = {name: str(parameters[name]) for name in in_force}
    for name, value in active.items():
        address = without(parameters, name, *CURSORS).urlencode()
        label = str(filters.form.fields[name].label)
        yield {
            "name": name,
            "label": label,
            "value": value,
            "shown": names.get((SLUGS.get(name, ""), value), value),
            "without": f"?{address}",
        }


def _called(text: str) -> str:
    document = read(text)
    return str(document.get("name") or document["title"])


def _named(slugs: dict[str, str]) -> Q:
    """The things that filters name by these slugs."""
    return reduce(or_, (Q(kind=SLUGS[name], slug=slug) for name, slug in slugs.items()), Q(pk__in=()))
