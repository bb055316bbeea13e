"""Pages of speakers, sources, topics and rating scales, and the site's own."""

import json
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.domain.record import Document
from claims.enums import ClaimKind, PageSlug, RecordKind
from claims.models import Edition, PublishedClaim, PublishedEntity, PublishedReference
from claims.models.projection import PublishedClaimQuerySet
from claims.models.together import Row, documents, together
from claims.web.contradictions import contradictions_of, contradictions_rows
from claims.web.elsewhere import elsewhere
from claims.web.names import named, names
from claims.web.organization import organization
from claims.web.public_address import public_address
from claims.web.reading import reading
from claims.web.roles import role_line
from claims.web.track_record import track_record_of, track_record_rows
from claims.web.translations import localised, read

MOST_CLAIMS = 20
MOST_MEMBERS = 50
MOST_SCALES = 20


@reading
def entity(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    row = PublishedEntity.objects.select_related("edition").filter(kind=kind, slug=slug).first()
    if row is None:
        return elsewhere(request, RecordKind(kind), list(Edition.objects.of(kind, slug).defer("document")))
    return render_entity(request, json.loads(row.edition.document), row.edition)


def render_entity(
    request: HttpRequest,
    document: Document,
    edition: Edition | None,
    *,
    notice: str = "",
    is_current: bool | None = None,
) -> HttpResponse:
    """The public page of a speaker, source, topic, rating scale or page of the site from its document alone.

    `edition` None: a preview of what is not published. `notice` is shown above everything. `is_current`: whether the
    page is the one that stands at its address, as it is when it has an edition unless told otherwise.
    """
    kind, document = document["type"], localised(document)
    canonical = edition is not None if is_current is None else is_current
    context = {
        "entity": document,
        "edition": edition,
        "notice": notice,
        "canonical": public_address(request, reverse(f"web:{kind}", args=[document["slug"]])) if canonical else "",
        **_related(document),
    }
    if kind == RecordKind.PAGE and canonical:
        context["organization"] = organization(request)
    return render(request, f"claims/{kind}.html", context)


def _related(document: Document) -> dict[str, Any]:
    """The public claims that belong on the page of an object; `more` says that there are others."""
    match document["type"]:
        case RecordKind.SPEAKER:
            return _of_speaker(document)
        case RecordKind.SOURCE:
            related = _claims(_naming(document))
            return related | {"claims": [claim | {"use": _use(claim, document)} for claim in related["claims"]]}
        case RecordKind.RATING_SCALE:
            return {}
        case RecordKind.PAGE:
            return {"scales": _scales()} if document["slug"] == PageSlug.METHODOLOGY else {}
        case _:
            return _claims(_naming(document))


def _of_speaker(document: Document) -> dict[str, Any]:
    """In one query, since a page shows them all."""
    own = PublishedClaim.objects.filter(speaker_slug=document["slug"])
    others = _naming(document).exclude(speaker_slug=document["slug"])
    claims, named_in, came_due, members, *rest = together(
        _newest(own),
        _newest(others),
        _newest(_came_due(own)),
        _members(document),
        *track_record_rows(own),
        *contradictions_rows(own, MOST_CLAIMS),
    )
    return {
        "claims": _documents(claims),
        "more": len(claims) > MOST_CLAIMS,
        "others": _documents(named_in),
        "more_others": len(named_in) > MOST_CLAIMS,
        "came_due": _documents(came_due),
        "members": names(members[:MOST_MEMBERS]),
        "more_members": len(members) > MOST_MEMBERS,
        "role_line": role_line(document["affiliations"], timezone.localdate()),
        "track_record": track_record_of(*rest[:2]),
        "contradictions": contradictions_of(*rest[2:]),
    }


def _naming(document: Document) -> PublishedClaimQuerySet:
    referrers = PublishedReference.objects.filter(kind=document["type"], uid=document["id"]).values("referrer")
    return PublishedClaim.objects.filter(first_sequence__in=referrers)


def _claims(claims: PublishedClaimQuerySet) -> dict[str, Any]:
    (found,) = together(_newest(claims))
    return {"claims": _documents(found), "more": len(found) > MOST_CLAIMS}


def _newest(claims: PublishedClaimQuerySet) -> "QuerySet[Any, Row]":
    """One more than are shown, which tells whether there are others."""
    return documents(claims.order_by("-first_sequence")[: MOST_CLAIMS + 1])


def _documents(rows: list[Row]) -> list[Document]:
    return [read(text) for text, *_ in rows[:MOST_CLAIMS]]


def _came_due(claims: PublishedClaimQuerySet) -> PublishedClaimQuerySet:
    """Forecasts whose time is up or that are settled, the latest first."""
    is_over = Q(due_end__lt=timezone.localdate())
    return claims.filter(Q(conclusive=True) | is_over, kind=ClaimKind.FORECAST)


def _use(claim: Document, source: Document) -> str:
    """What a claim has to do with a source that it names."""
    appears = any(appearance["source"]["id"] == source["id"] for appearance in claim["appearances"])
    rests = claim["verdict"] and any(item["source"]["id"] == source["id"] for item in claim["verdict"]["evidence"])
    if appears and rests:
        return _("appears here, and the finding rests on it")
    return _("appears here") if appears else _("the finding rests on it") if rests else ""


def _members(organisation: Document) -> "QuerySet[Any, Row]":
    """Names and slugs of public speakers who hold or held a role at an organisation."""
    referrers = PublishedReference.objects.filter(kind=RecordKind.SPEAKER, uid=organisation["id"]).values("referrer")
    members = PublishedEntity.objects.filter(kind=RecordKind.SPEAKER, first_sequence__in=referrers)
    return named(members.order_by("name")[: MOST_MEMBERS + 1])


def _scales() -> list[dict[str, str]]:
    scales = PublishedEntity.objects.filter(kind=RecordKind.RATING_SCALE).order_by("name")
    (found,) = together(named(scales[:MOST_SCALES]))
    return names(found)
