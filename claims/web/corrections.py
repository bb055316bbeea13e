"""Everything that we corrected or took back, newest first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from claims.domain.record import Document
from claims.enums import Action, RecordKind
from claims.models import Edition
from claims.models.record import EditionQuerySet
from claims.web.paging import page_of
from claims.web.reading import reading
from claims.web.translations import read

PAGE_SIZE = 20
# Members that tell the language of a title, the nearest first.
LANGUAGES = ("text_language", "title_language", "name_language", "language")


@reading
def correction_list(request: HttpRequest) -> HttpResponse:
    try:
        page = page_of(corrections(), "sequence", request.GET, PAGE_SIZE)
    except ValueError as error:
        return render(request, "claims/corrections.html", {"error": str(error)}, status=400)
    return render(request, "claims/corrections.html", {"page": page, "items": list(map(as_item, page.items))})


def corrections() -> EditionQuerySet:
    return Edition.objects.with_reason().order_by("-sequence")


def as_item(edition: Edition) -> dict[str, Any]:
    """What a list shows of a correction: its edition, and the title, language and address of what it corrected."""
    document = read(edition.document)
    title = document.get("text") or document.get("name") or document.get("title") or edition.slug
    return {
        "edition": edition,
        "title": title,
        "language": next((document[name] for name in LANGUAGES if document.get(name)), ""),
        "address": _address(edition, document),
    }


def _address(edition: Edition, document: Document) -> str:
    if edition.kind == RecordKind.CLAIM:
        return reverse("web:claim-edition", args=[edition.slug, edition.number])
    if "merged_into" in document:
        return reverse(f"web:{edition.kind}", args=[document["merged_into"]["slug"]])
    # Only the present state of anything else has a page.
    return "" if edition.action == Action.RETRACTED else reverse(f"web:{edition.kind}", args=[edition.slug])
