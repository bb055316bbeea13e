"""Who publishes, as the structured data of pages about us says it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from claims.enums import PageSlug
from claims.exchange.organization import news_media_organization
from claims.web.public_address import public_address
from claims.web.sharing import site_of

# Which of the site's own pages has each policy.
POLICIES = {
    "publishingPrinciples": PageSlug.METHODOLOGY,
    "verificationFactCheckingPolicy": PageSlug.METHODOLOGY,
    "correctionsPolicy": PageSlug.CORRECTIONS_POLICY,
}


def organization(request: HttpRequest) -> dict[str, Any]:
    addresses = {
        name: public_address(request, reverse("web:page", args=[slug.value])) for name, slug in POLICIES.items()
    }
    return news_media_organization(site_of(request), policies=addresses)
