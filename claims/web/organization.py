"""Who publishes, as the structured data of pages about us says it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from claims.exchange.organization import news_media_organization
from claims.web.public_address import public_address
from claims.web.sharing import site_of

# Where readers find each policy: the name of a page, and a part of it.
POLICIES = {
    "publishingPrinciples": ("methodology", ""),
    "verificationFactCheckingPolicy": ("methodology", "#evidence"),
    "correctionsPolicy": ("methodology", "#corrections"),
}


def organization(request: HttpRequest) -> dict[str, Any]:
    addresses = {
        name: f"{public_address(request, reverse(f'web:{page}'))}{part}" for name, (page, part) in POLICIES.items()
    }
    return news_media_organization(site_of(request), policies=addresses)
