"""What a claim's page tells programs and those who pass it on: structured data, preview tags, other forms, a card."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from claims.domain.record import Document
from claims.exchange.claimreview import Site, claim_data, correction_comments
from claims.exchange.share_image import HEIGHT, WIDTH, can_draw
from claims.languages import page_path
from claims.templatetags.dates import day
from claims.templatetags.notes import note_of
from claims.visible import in_a_line
from claims.web.current import Shown
from claims.web.public_address import public_address
from claims.web.share_image import picture_of
from claims.web.translations import localised

CARD_WIDTH, CARD_HEIGHT = 600, 400


def site_of(request: HttpRequest) -> Site:
    # The publisher is the same in every language.
    return Site(name=settings.SITE_NAME, address=public_address(request, page_path("web:home")))


def sharing(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    """Absolute addresses, and texts without markup."""
    document, number = localised(shown.document), shown.edition.number
    address = public_address(request, reverse("web:claim", args=[shown.slug]))
    verdict = document["verdict"]
    return {
        "address": address,
        "title": headline(document),
        "description": in_a_line(verdict["summary"])
        if verdict
        else _("We have recorded this claim and have not looked into it."),
        "image": image_address(request, shown),
        "width": WIDTH,
        "height": HEIGHT,
        "forms": [(kind, f"{address.rstrip('/')}.{suffix}") for kind, suffix in FORMS],
        "oembed": f"{public_address(request, reverse('web:oembed'))}?{urlencode({'url': address})}",
        "code": card_code(request, shown),
        "citation": _citation(request, document, shown),
        "number": number,
    }


FORMS = (("application/ld+json", "jsonld"), ("text/markdown", "md"), ("application/json", "json"))


def headline(document: Document) -> str:
    """Of a localised document. Begins with our finding, so that a false claim never reads as ours."""
    verdict = document["verdict"]
    label = verdict["rating"]["label"] if verdict else _("Not reviewed yet")
    said = {"speaker": document["speaker"]["name"], "claim": document["text"]}
    return in_a_line(_("%(finding)s – %(speaker)s: “%(claim)s”") % {"finding": label, **said})


def structured_claim(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    """JSON-LD of the claim: a ClaimReview, or a Claim where there is no conclusive finding."""
    address = public_address(request, reverse("web:claim", args=[shown.slug]))
    site = site_of(request)
    data = claim_data(localised(shown.document), published_at=shown.edition.published_at, address=address, site=site)
    steps = [
        (
            edition.published_at,
            note_of(edition).text,
            public_address(request, reverse("web:claim-edition", args=[shown.slug, edition.number])),
        )
        for edition in shown.corrections
    ]
    more = {"image": image_address(request, shown), "correction": correction_comments(steps)}
    return data | {"version": shown.edition.number} | {name: value for name, value in more.items() if value}


def image_address(request: HttpRequest, shown: Shown) -> str:
    """Of the picture of this edition; "" where none can be drawn."""
    if not can_draw(picture_of(localised(shown.document))):
        return ""
    return public_address(request, reverse("web:claim-image", args=[shown.slug, shown.edition.number]))


def card_code(request: HttpRequest, shown: Shown, width: int = CARD_WIDTH) -> str:
    """HTML for other people's pages. It names the edition, so that the card can tell what was corrected since."""
    source = public_address(request, reverse("web:claim-card-since", args=[shown.slug, shown.edition.number]))
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="border:0;max-width:100%"></iframe>',
        source,
        headline(localised(shown.document)),
        width,
        CARD_HEIGHT,
    )


def _citation(request: HttpRequest, document: Document, shown: Shown) -> str:
    """With the lasting address of the edition: it shows what was cited whatever happens to the claim."""
    lasting = public_address(request, reverse("web:claim-edition", args=[shown.slug, shown.edition.number]))
    on = day(timezone.localtime(shown.edition.published_at))
    edition = _("Edition %(number)s, %(day)s") % {"number": shown.edition.number, "day": on}
    return f"{settings.SITE_NAME}: {headline(document)} {edition}. {lasting}"
