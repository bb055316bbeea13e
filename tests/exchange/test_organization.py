from claims.exchange.claimreview import Site
from claims.exchange.organization import news_media_organization


def test_news_media_organization() -> None:
    site = Site("Facts", "https://facts.example/")

    found = news_media_organization(site, policies={"correctionsPolicy": "https://facts.example/corrections-policy/"})

    assert found == {
        "@context": "https://schema.org",
        "@type": "NewsMediaOrganization",
        "@id": "https://facts.example/#publisher",
        "name": "Facts",
        "url": "https://facts.example/",
        "correctionsPolicy": "https://facts.example/corrections-policy/",
    }
