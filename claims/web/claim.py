"""The page of one claim, now and as it stood in each of its editions."""

import json
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from claims.domain.record import Document
from claims.enums import Action, RecordKind
from claims.models import Edition, PublishedClaim, PublishedReference
from claims.negotiation import FORMS, preferred_form
from claims.web.as_of import AsOf
from claims.web.current import Shown, claim_at, current_claim
from claims.web.elsewhere import elsewhere, render_retracted
from claims.web.forecasts import forecast_state
from claims.web.public_address import public_address
from claims.web.reading import reading
from claims.web.renditions import render_form
from claims.web.sharing import sharing, structured_claim
from claims.web.translations import localised, read

MOST_RELATED = 50


@reading
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    as_of = None
    if asked := request.GET.get("as_of"):
        try:
            as_of = AsOf.parse(asked)
        except ValueError as error:
            return render(request, "claims/bad-request.html", {"error": str(error)}, status=400)
        if as_of.is_over:
            return _claim_as_of(request, slug, as_of)
    shown, editions = current_claim(slug)
    if shown is None:
        return elsewhere(request, RecordKind.CLAIM, editions)
    if (form := preferred_form(request.headers.get("Accept", ""))) != FORMS[0]:
        return render_form(request, shown, form)
    return render_claim(request, shown.document, shown.edition, editions=editions, asked=as_of)


@reading
def claim_edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    shown = claim_at(slug, number)
    if shown is None:
        raise Http404
    if shown.slug != slug:
        return HttpResponsePermanentRedirect(reverse("web:claim-edition", args=[shown.slug, number]))
    return render_claim(request, shown.document, shown.edition, editions=shown.editions, asked=number)


def _claim_as_of(request: HttpRequest, slug: str, as_of: AsOf) -> HttpResponse:
    """The page as it stood at the end of a day that is over."""
    editions = list(Edition.objects.of(RecordKind.CLAIM, slug).defer("document"))
    if not editions:
        raise Http404
    if editions[0].slug != slug:
        address = reverse("web:claim", args=[editions[0].slug])
        return HttpResponsePermanentRedirect(f"{address}?as_of={as_of.day.isoformat()}")
    edition = as_of.in_force(editions)
    if edition is None:
        context = {"as_of": as_of, "first": editions[-1], "newest": editions[0]}
        return render(request, "claims/not-yet.html", context, status=404)
    return render_claim(request, json.loads(edition.document), edition, editions=editions, asked=as_of)


def render_claim(  # noqa: PLR0913 (what a page is made of, and what its address asked for)
    request: HttpRequest,
    document: Document,
    edition: Edition | None,
    *,
    editions: Sequence[Edition] | None = None,
    notice: str = "",
    asked: AsOf | int | None = None,
) -> HttpResponse:
    """The public page of a claim from its document alone.

    `edition` is the edition that holds the document; None for a preview of what is not published. `editions` are all
    of the claim's, the newest first, where they have been read. `notice` is shown above everything. `asked`: the day,
    or the number of the edition, for which the page was asked by its address.
    """
    if editions is None:
        editions = list(Edition.objects.of_object(RecordKind.CLAIM, document["id"]).defer("document"))
    newest = editions[0] if editions else None
    is_newest = edition is not None and edition == newest
    if edition and edition.action == Action.RETRACTED:
        since = [item for item in editions if item.sequence <= edition.sequence]
        return render_retracted(request, since, status=200)
    as_of = asked if isinstance(asked, AsOf) else None
    past_day = as_of.day if as_of and as_of.is_over else None
    permalink = isinstance(asked, int)
    as_current = is_newest and not permalink and not past_day
    shown = Shown(document, edition, editions) if edition and as_current else None
    incoming = _incoming_relations(document["id"]) if as_current or edition is None else []
    context = {
        "claim": localised(document),
        "edition": edition,
        "editions": editions,
        "newest": newest,
        "is_newest": is_newest,
        "permalink": permalink,
        "as_of": as_of,
        "notice": notice,
        "incoming": incoming[:MOST_RELATED],
        "more_incoming": len(incoming) > MOST_RELATED,
        "forecast_state": forecast_state(document, past_day),
        "canonical": public_address(request, reverse("web:claim", args=[document["slug"]])) if as_current else "",
        "structured": structured_claim(request, shown) if shown and _is_reviewed(document) else None,
        "sharing": sharing(request, shown) if shown else None,
    }
    return render(request, "claims/claim.html", context)


def _incoming_relations(uid: str) -> list[Document]:
    """How other public claims relate to this one: dicts of `kind` and `claim`, the newest claims first."""
    referrers = PublishedReference.objects.filter(kind=RecordKind.CLAIM, uid=uid).values("referrer")
    related = PublishedClaim.objects.filter(first_sequence__in=referrers).order_by("-first_sequence")
    texts = related.values_list("edition__document", flat=True)[: MOST_RELATED + 1]
    return [
        {"kind": relation["kind"], "claim": other}
        for other in map(read, texts)
        for relation in other["relations"]
        if relation["claim"]["id"] == uid
    ]


def _is_reviewed(document: Document) -> bool:
    """Search engines take a ClaimReview for a verdict, so that a page without a conclusive one has none."""
    return bool(document["verdict"] and document["verdict"]["rating"]["conclusive"])
