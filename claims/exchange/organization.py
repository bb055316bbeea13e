"""Who publishes, as structured data: https://schema.org/NewsMediaOrganization."""

from collections.abc import Mapping
from typing import Any

from claims.exchange.claimreview import CONTEXT, Site


def news_media_organization(site: Site, *, policies: Mapping[str, str]) -> dict[str, Any]:
    """`policies`: absolute addresses by property, such as `correctionsPolicy` and `ethicsPolicy`."""
    return {
        "@context": CONTEXT,
        "@type": "NewsMediaOrganization",
        "@id": f"{site.address}#publisher",
        "name": site.name,
        "url": site.address,
        **policies,
    }
