"""A claim for programs: as JSON-LD and as Markdown, by its suffix or by what a request prefers."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.enums import RecordKind
from claims.exchange.markdown import markdown
from claims.web.current import Shown, current_claim
from claims.web.elsewhere import elsewhere
from claims.web.public_address import public_address
from claims.web.reading import reading
from claims.web.sharing import structured_claim

MEDIA_TYPES = {"jsonld": "application/ld+json", "md": "text/markdown"}


@reading
def rendition(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """`json` leads to the API, which has the whole document."""
    shown, editions = current_claim(slug)
    if shown is None:
        answer = elsewhere(request, RecordKind.CLAIM, editions)
        if isinstance(answer, HttpResponsePermanentRedirect):
            return HttpResponsePermanentRedirect(f"{answer.url.rstrip('/')}.{suffix}")
        return answer
    if suffix == "json":
        return HttpResponseRedirect(reverse("api:claim-detail", args=[shown.slug]))
    return render_form(request, shown, MEDIA_TYPES[suffix])


def render_form(request: HttpRequest, shown: Shown, media_type: str) -> HttpResponse:
    """The claim as `application/ld+json` or `text/markdown`, for scripts of any site."""
    address = public_address(request, reverse("web:claim", args=[shown.slug]))
    if media_type == MEDIA_TYPES["jsonld"]:
        body = json.dumps(structured_claim(request, shown), ensure_ascii=False)
    else:
        words = {"number": shown.edition.number, "day": shown.edition.published_at.date().isoformat()}
        edition = _("edition %(number)s of %(day)s") % words
        body = markdown(shown.document, address=address, site_name=settings.SITE_NAME, edition=edition)
        media_type = f"{media_type}; charset=utf-8"
    headers = {"Link": f'<{address}>; rel="canonical"', "Access-Control-Allow-Origin": "*"}
    return HttpResponse(body, content_type=media_type, headers=headers)
