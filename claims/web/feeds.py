"""Feeds of what pages list: corrections, and claims by every filter that the list of claims has."""

from collections.abc import Callable, Iterable
from uuid import UUID, uuid5

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from claims.enums import Action, RecordKind
from claims.exchange.feeds import Entry, Feed, atom, json_feed
from claims.filters import ClaimFilter, moved_slugs
from claims.models import Edition, PublishedClaim
from claims.templatetags.notes import note_of
from claims.visible import in_a_line
from claims.web.corrections import as_item, corrections
from claims.web.elsewhere import moved_filters
from claims.web.paging import page_of
from claims.web.public_address import public_address
from claims.web.reading import reading
from claims.web.sharing import headline
from claims.web.translations import read

PAGE_SIZE = 50
TITLES = {"claims": gettext_lazy("%(site)s: claims"), "corrections": gettext_lazy("%(site)s: corrections")}
FORMS: dict[str, tuple[str, Callable[[Feed], bytes]]] = {
    "atom": ("application/atom+xml; charset=utf-8", atom),
    "json": ("application/feed+json", json_feed),
}


@reading
def correction_feed(request: HttpRequest, form: str) -> HttpResponse:
    try:
        page = page_of(corrections(), "sequence", request.GET, PAGE_SIZE)
    except ValueError as error:
        return _refused([str(error)])
    entries = [_correction(request, edition) for edition in page.items]
    return _answer(request, form, "corrections", page.older, entries)


@reading
def claim_feed(request: HttpRequest, form: str) -> HttpResponse:
    claims = PublishedClaim.objects.select_related("edition").only(
        "uid", "slug", "first_published_at", "edition__document", "edition__published_at"
    )
    filters = ClaimFilter(request.GET, queryset=claims)
    if not filters.is_valid():
        errors = filters.form.errors.items()
        return _refused(f"{name}: {problem}" for name, problems in errors for problem in problems)
    try:
        page = page_of(filters.qs, "first_sequence", request.GET, PAGE_SIZE)
    except ValueError as error:
        return _refused([str(error)])
    if not page.items and (moved := moved_slugs(request.GET)):
        return moved_filters(request, moved)
    entries = [_claim(request, row) for row in page.items]
    return _answer(request, form, "claims", page.older, entries)


def _refused(problems: Iterable[str]) -> HttpResponse:
    text = "\n".join([_("This feed’s address cannot be understood."), *problems])
    return HttpResponse(f"{text}\n", status=400, content_type="text/plain; charset=utf-8")


def _answer(request: HttpRequest, form: str, view: str, older: str | None, entries: list[Entry]) -> HttpResponse:
    """`older` is the query string of the following page."""
    suffix = _filters_in_force(request.GET) if view == "claims" else ""
    path = reverse(f"web:{view}-feed", args=[form])
    content_type, written = FORMS[form]
    feed = Feed(
        title=TITLES[view] % {"site": settings.SITE_NAME},
        url=public_address(request, path + suffix),
        page_url=public_address(request, reverse(f"web:{view}") + suffix),
        language=get_language() or settings.LANGUAGE_CODE,
        site_name=settings.SITE_NAME,
        site_url=public_address(request, reverse("web:home")),
        next_url=public_address(request, path + older) if older else "",
        entries=entries,
    )
    # Readers that run in a browser ask from pages of their own.
    return HttpResponse(written(feed), content_type=content_type, headers={"Access-Control-Allow-Origin": "*"})


def _filters_in_force(parameters: QueryDict) -> str:
    """A query string of nothing but filters, so that a feed keeps its address whatever else was asked along."""
    active = [(name, str(parameters[name])) for name in ClaimFilter.base_filters if parameters.get(name)]
    return f"?{urlencode(active)}" if active else ""


def _claim(request: HttpRequest, row: PublishedClaim) -> Entry:
    """A claim stays one entry, whatever happens to it. Its title says the finding: it must not read as ours."""
    claim = read(row.edition.document)
    verdict = claim["verdict"]
    return Entry(
        id=f"urn:uuid:{row.uid}",
        url=public_address(request, reverse("web:claim", args=[row.slug])),
        title=in_a_line(headline(claim)),
        text=verdict["summary"] if verdict else _("We have recorded this claim and have not looked into it."),
        language=claim["text_language"],
        published=row.first_published_at,
        updated=row.edition.published_at,
        tags=[topic["name"] for topic in claim["topics"]],
    )


def _correction(request: HttpRequest, edition: Edition) -> Entry:
    """An edition never changes, so its entry never does."""
    item = as_item(edition)
    kind, action = RecordKind(edition.kind), Action(edition.action)
    words = {"action": action.label, "kind": kind.label, "title": item["title"]}
    return Entry(
        id=f"urn:uuid:{edition_uuid(edition.uid, edition.sequence)}",
        url=public_address(request, item["address"] or reverse("web:corrections")),
        title=in_a_line(_("%(action)s – %(kind)s: “%(title)s”") % words),
        text=note_of(edition).text,
        language=item["language"],
        published=edition.published_at,
        updated=edition.published_at,
    )


def edition_uuid(uid: UUID, sequence: int) -> UUID:
    """The UUID (version 5) of an edition, made of its object's and its sequence: the same wherever the site moves."""
    return uuid5(uid, str(sequence))
