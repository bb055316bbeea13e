"""A claim for programs: as JSON-LD and as Markdown, by its suffix or by what a request prefers."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.enums import RecordKind
from claims.exchange.markdown import Manner, markdown
from claims.templatetags.dates import day, partial_date
from claims.templatetags.words import language_label
from claims.web.current import Shown, current_claim
from claims.web.elsewhere import elsewhere
from claims.web.public_address import public_address
from claims.web.reading import reading
from claims.web.sharing import structured_claim
from claims.web.translations import localised

MANNER = Manner(partial_date, language_label)
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
    """The claim as `application/ld+json` or `text/markdown` in the language of the address, for scripts of any site."""
    address = public_address(request, reverse("web:claim", args=[shown.slug]))
    if media_type == MEDIA_TYPES["jsonld"]:
        body = json.dumps(structured_claim(request, shown), ensure_ascii=False)
    else:
        words = {"number": shown.edition.number, "day": day(timezone.localtime(shown.edition.published_at))}
        edition = _("edition %(number)s of %(day)s") % words
        document, site = localised(shown.document), settings.SITE_NAME
        body = markdown(document, address=address, site_name=site, manner=MANNER, edition=edition)
        media_type = f"{media_type}; charset=utf-8"
    headers = {
        "Link": f'<{address}>; rel="canonical"',
        "Access-Control-Allow-Origin": "*",
        "Content-Language": get_language() or settings.LANGUAGE_CODE,
    }
    return HttpResponse(body, content_type=media_type, headers=headers)
