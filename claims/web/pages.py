"""The site's own pages: the newsroom's published words, or what stands there until it has some."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext

from claims.domain.default_pages import default_page
from claims.enums import Action, RecordKind
from claims.models import Edition
from claims.web.elsewhere import elsewhere, render_retracted
from claims.web.entities import render_entity
from claims.web.reading import reading


@reading
def page(request: HttpRequest, slug: str) -> HttpResponse:
    newest = Edition.objects.of(RecordKind.PAGE, slug).first()
    if newest is None:
        document = {"type": RecordKind.PAGE.value, "slug": slug} | default_page(
            slug, get_language() or settings.LANGUAGE_CODE
        )
        return render_entity(request, document, None, is_current=True)
    if newest.action == Action.RETRACTED or newest.slug != slug:
        return elsewhere(request, RecordKind.PAGE, list(Edition.objects.of(RecordKind.PAGE, slug).defer("document")))
    return render_entity(request, json.loads(newest.document), newest)


@reading
def page_edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A state that was once public, at the address that keeps it."""
    edition = Edition.objects.of(RecordKind.PAGE, slug).filter(number=number).first()
    if edition is None:
        raise Http404
    if edition.action == Action.RETRACTED:
        return render_retracted(request, [edition], status=200)
    notice = gettext("This is edition %(number)d of this page, kept as it stood.") % {"number": number}
    return render_entity(request, json.loads(edition.document), edition, notice=notice, is_current=False)
