"""The search: one box, facets with counts, and what was found with its words marked. Every state is in the address."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.domain import highlighting
from claims.domain.facets import Facets, Value
from claims.domain.query import parse
from claims.domain.ranking import CLAIMED, MOST_RANKED, NEWEST, RELEVANCE
from claims.domain.record import Document
from claims.domain.results import results
from claims.domain.search import Search, search
from claims.enums import ClaimKind
from claims.filters import ClaimFilter
from claims.models import PublishedClaim
from claims.templatetags.words import language_label
from claims.web.elsewhere import moved_filters, moved_of, named_slugs, newest_named
from claims.web.names import labels_of
from claims.web.paging import without
from claims.web.reading import reading
from claims.web.translations import read

PAGE_SIZE = 20
LAST_PAGE = MOST_RANKED // PAGE_SIZE
SORTS = {
    RELEVANCE: gettext_lazy("Relevance"),
    NEWEST: gettext_lazy("Newest first"),
    CLAIMED: gettext_lazy("Date of the claim"),
}
FACETS = {
    "rating": gettext_lazy("Rating"),
    "speaker": gettext_lazy("Speaker"),
    "topic": gettext_lazy("Topic"),
    "kind": gettext_lazy("Kind"),
    "year": gettext_lazy("Year"),
    "language": gettext_lazy("Language"),
}
# The filters that a facet sets, where they are not the one of its name.
FILTERS_OF = {"rating": ("rating", "scale"), "year": ("claimed_after", "claimed_before")}
# The script asks for the results alone, and puts them into the page that it is on.
FRAGMENT = "fragment"


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet: choosing it, or taking it away when it is chosen, leads to `address`."""

    label: str
    number: int
    address: str
    chosen: bool


@reading
def search_page(request: HttpRequest) -> HttpResponse:
    parameters = without(request.GET, FRAGMENT)
    template = "claims/components/found.html" if FRAGMENT in request.GET else "claims/search.html"
    filters = ClaimFilter(parameters, queryset=PublishedClaim.objects.all())
    context: dict[str, Any] = {"form": filters.form, "words": parameters.get("q", ""), "sorts": [], "here": parameters}
    problems = [
        f"{filters.form.fields[name].label}: {text}" for name, found in filters.errors.items() for text in found
    ]
    page, sort = parameters.get("page", "1"), parameters.get("sort", RELEVANCE)
    if not (page.isascii() and page.isdigit() and len(page) < 4 and 1 <= int(page) <= LAST_PAGE):
        problems.append(_("There is no such page of results."))
    if sort not in SORTS:
        problems.append(_("Results can be sorted by relevance, newest or claimed."))
    if problems:
        return render(request, template, context | {"problems": problems}, status=400)
    if any(parameters.get(name) for name in filters.form.fields):
        context |= _found(parameters, filters, int(page), sort)
        if not context["total"] and (moved := moved_of(*context["named"])):
            return moved_filters(request, moved)
    return render(request, template, context)


def _found(parameters: QueryDict, filters: ClaimFilter, number: int, sort: str) -> dict[str, Any]:
    """What is shown of the results. Two queries."""
    found = search(filters.form.cleaned_data["q"])
    start = (number - 1) * PAGE_SIZE
    places, slugs = range(start, start + PAGE_SIZE + 1), named_slugs(parameters)
    shown = results(filters.without_words(), found, sort, places, beside=newest_named(slugs))
    counted, documents = shown.facets, [read(text) for text in shown.documents[:PAGE_SIZE]]
    facets = _facets(parameters, counted, labels_of(counted))
    is_last = len(shown.documents) <= PAGE_SIZE or number == LAST_PAGE
    return {
        "asked": True,
        "search": found,
        "results": [_result(document, found) for document in documents],
        "total": counted.total,
        "named": (slugs, shown.beside),
        "many": counted.more,
        "facets": facets,
        "chosen": list(_chosen(parameters, filters, _covered(facets))),
        "kept": [(name, parameters[name]) for name in [*_filter_names(filters), "sort"] if parameters.get(name)],
        "sorts": _sorts(parameters, sort),
        "sort": sort,
        "corrections": list(found.corrections.items()),
        "candidates": [
            _candidate(parameters, word, name) for word, names in found.candidates.items() for name in names
        ],
        "fewer": _fewer(parameters, found) if not counted.total else [],
        "number": number,
        "previous": _address(parameters, page=str(number - 1)) if number > 1 else "",
        "next": "" if is_last else _address(parameters, page=str(number + 1)),
        "all": _address(without(parameters, *_filter_names(filters))),
    }


def _result(document: Document, found: Search) -> dict[str, Any]:
    """A claim with the words marked, and a passage of its evidence where claim and summary do not hold them all."""
    language, speaker = document["text_language"], document["speaker"]["name"]
    summary = document["verdict"]["summary"] if document["verdict"] else ""
    text_pieces, in_text = highlighting.marked(document["text"], language, found, "claim")
    summary_pieces, in_summary = highlighting.marked(summary, language, found, "summary")
    speaker_pieces, in_name = highlighting.marked(speaker, language, found, "names")
    is_all = in_text | in_summary | in_name >= set(found.query.wanted)
    return document | {
        "text_pieces": text_pieces,
        "summary_pieces": summary_pieces,
        "speaker_pieces": speaker_pieces,
        "passage": [] if is_all else highlighting.passage(document, found),
    }


def _facets(
    parameters: QueryDict, counted: Facets, labels: dict[tuple[str, str], str]
) -> list[tuple[str, str, list[Option]]]:
    return [
        (name, str(label), [_option(parameters, name, value, labels) for value in counted.values[name]])
        for name, label in FACETS.items()
        if counted.values.get(name)
    ]


def _covered(shown: list[tuple[str, str, list[Option]]]) -> set[str]:
    """The filters that stand in the facets as chosen."""
    chosen = [name for name, _, options in shown if any(option.chosen for option in options)]
    return {filter_name for name in chosen for filter_name in FILTERS_OF.get(name, (name,))}


def _option(parameters: QueryDict, name: str, value: Value, labels: dict[tuple[str, str], str]) -> Option:
    wanted = {name: value.value}
    if name == "rating":
        wanted["scale"] = value.more
    elif name == "year":
        wanted = {"claimed_after": f"{value.value}-01-01", "claimed_before": f"{value.value}-12-31"}
    chosen = all(parameters.get(key) == given for key, given in wanted.items())
    address = _address(without(parameters, *wanted)) if chosen else _address(parameters, **wanted)
    label = labels.get((value.more or name, value.value)) or _label(name, value)
    return Option(label, value.number, address, chosen)


def _label(name: str, value: Value) -> str:
    match name:
        case "kind":
            return str(dict(ClaimKind.choices).get(value.value, value.value))
        case "language":
            return language_label(value.value)
        case _:
            return value.value


def _filter_names(filters: ClaimFilter) -> list[str]:
    return [name for name in filters.form.fields if name != "q"]


def _chosen(parameters: QueryDict, filters: ClaimFilter, shown: Container[str]) -> Iterator[tuple[str, str, str]]:
    """Filters in force that no facet shows: label, value, and the address without it."""
    for name in _filter_names(filters):
        given = parameters.get(name)
        if given and name not in shown:
            yield str(filters.form.fields[name].label), str(given), _address(without(parameters, name))


def _sorts(parameters: QueryDict, sort: str) -> list[Option]:
    return [Option(str(label), 0, _address(parameters, sort=name), name == sort) for name, label in SORTS.items()]


def _candidate(parameters: QueryDict, word: str, name: str) -> tuple[str, str]:
    """What may have been meant, and the address that asks for it."""
    words = " ".join(name if term.casefold() == word else term for term in str(parameters.get("q", "")).split())
    return words, _address(parameters, q=words)


def _fewer(parameters: QueryDict, found: Search) -> list[tuple[str, str]]:
    """The query with one of its words left out, for each: what to try when nothing was found."""
    terms = str(parameters.get("q", "")).split()
    if not 1 < len(found.query.wanted) == len(terms) <= 6:
        return []
    shorter = [" ".join(chain(terms[:place], terms[place + 1 :])) for place in range(len(terms))]
    return [(words, _address(parameters, q=words)) for words in shorter if parse(words).wanted]


def _address(parameters: QueryDict, **changed: str) -> str:
    """The address of this page with some parameters changed; it begins at page 1 unless it is told otherwise."""
    copy = without(parameters, "page", *changed)
    for name, value in changed.items():
        copy[name] = value
    return f"?{copy.urlencode()}"
