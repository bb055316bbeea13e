"""Any two editions of a claim, and what changed between them."""

import json
import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.enums import RecordKind
from claims.models import Edition
from claims.web.changes import changes
from claims.web.comparable import comparable
from claims.web.reading import reading
from claims.web.translations import localised

NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


@reading
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Between `from` and `to`, the numbers of editions; without them, the newest edition and the one before it."""
    editions = list(Edition.objects.of(RecordKind.CLAIM, slug).defer("document"))
    if not editions:
        raise Http404
    newest = editions[0]
    if newest.slug != slug:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponsePermanentRedirect(reverse("web:claim-compare", args=[newest.slug]) + query)
    context = {"newest": newest, "editions": editions}
    try:
        to = _number(request, "to", newest.number)
        start = _number(request, "from", max(1, to - 1))
        context |= _difference(editions, start, to)
    except ValueError as error:
        context |= {"error": str(error)}
        return render(request, "claims/compare.html", context, status=400)
    return render(request, "claims/compare.html", context)


def _number(request: HttpRequest, name: str, default: int) -> int:
    text = request.GET.get(name)
    if not text:
        return default
    if not NUMBER.fullmatch(text):
        raise ValueError(_("“%(name)s” must be the number of an edition, such as 1.") % {"name": name})
    return int(text)


def _difference(editions: list[Edition], start: int, to: int) -> dict[str, object]:
    """The two editions, what changed between them, and those that led from one to the other, with their reasons."""
    of_number = {edition.number: edition for edition in editions}
    for number in (to, start):
        if number not in of_number:
            problem = _("There is no edition %(number)s of this claim. Its editions are 1 to %(last)s.")
            raise ValueError(problem % {"number": number, "last": editions[0].number})
    before, after = of_number[start], of_number[to]
    rows = Edition.objects.filter(pk__in={before.pk, after.pk}).values_list("pk", "document")
    documents = {pk: json.loads(text) for pk, text in rows}
    earlier, later = sorted((start, to))
    # A retracted one says nothing.
    titled = next((localised(documents[pk]) for pk in (after.pk, before.pk) if "text" in documents[pk]), {})
    return {
        "before": before,
        "after": after,
        "title": titled.get("text", ""),
        "language": titled.get("text_language", ""),
        "changes": changes(comparable(documents[before.pk]), comparable(documents[after.pk])),
        "steps": [edition for edition in editions if earlier < edition.number <= later],
    }
