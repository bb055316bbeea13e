"""Every kind of page that the gates judge. A new page is one line here, and every gate looks at it.

Three public sites carry them: `demo`, the real article; `hard`, content that is long, bare, Korean, Arabic or
hostile (see hard_site.py); `empty`, on which nothing was published yet. The desk's pages are an editor's.
"""

from dataclasses import dataclass

CORRECTED = "/claims/first-proper-working-level-meeting/"


@dataclass(frozen=True)
class Address:
    """A page of one of the sites, and the status it answers with."""

    site: str
    name: str
    path: str
    status: int = 200

    def __str__(self) -> str:
        return f"{self.site}-{self.name}"


DEMO = {
    "home": "/",
    "claims": "/claims/",
    "claims-filtered": "/claims/?q=summit&reviewed=true&speaker=stephen-biegun",
    "no-results": "/claims/?q=nothing+of+the+kind",
    "search": "/search/",
    "search-found": "/search/?q=summit&kind=forecast",
    "search-corrected": "/search/?q=Bigun+third",
    "search-nothing": "/search/?q=nothing+of+the+kind&speaker=nobody",
    "claim-corrected": CORRECTED,
    "claim-resolved": "/claims/talks-in-a-third-country-in-the-week-of-february-17/",
    "claim-unreviewed": "/claims/north-korea-great-economic-powerhouse/",
    "claim-inconclusive": "/claims/visible-measure-of-denuclearization/",
    "past-edition": f"{CORRECTED}editions/1/",
    "card": f"{CORRECTED}embed/",
    "card-since": f"{CORRECTED}embed/1/",
    "compare": f"{CORRECTED}compare/?from=1&to=2",
    "as-of": f"{CORRECTED}?as_of=2030-12-31",
    "speaker": "/speakers/stephen-biegun/",
    "organisation": "/speakers/us-department-of-state/",
    "source": "/sources/voa-work-remains-ahead-of-second-summit/",
    "topic": "/topics/hanoi-summit/",
    "rating-scale": "/rating-scales/truth/",
    "forecasts": "/forecasts/",
    "forecast-month": "/forecasts/2019-02/",
    "corrections": "/corrections/",
    "about": "/about/",
    "methodology": "/methodology/",
    "corrections-policy": "/corrections-policy/",
    "privacy": "/privacy/",
    "tips": "/tips/",
    "verify": "/verify/",
    "api": "/api/v1/docs/",
    "korean-home": "/ko/",
    "korean-claims": "/ko/claims/",
    "korean-claim": f"/ko{CORRECTED}",
    "korean-speaker": "/ko/speakers/stephen-biegun/",
    "korean-compare": f"/ko{CORRECTED}compare/?from=1&to=2",
    "korean-source": "/ko/sources/voa-work-remains-ahead-of-second-summit/",
    "arabic-home": "/ar/",
    "arabic-claim": f"/ar{CORRECTED}",
    "arabic-corrections": "/ar/corrections/",
    "arabic-forecast-month": "/ar/forecasts/2019-02/",
    "arabic-tips": "/ar/tips/",
    "arabic-policy": "/ar/corrections-policy/",
    "arabic-verify": "/ar/verify/",
}
HARD = {
    "home": "/",
    "claims": "/claims/",
    "claims-deep": "/claims/?after=3",
    "long": "/claims/long/",
    "bare": "/claims/bare/",
    "korean": "/claims/korean/",
    "arabic": "/claims/arabic/",
    "hostile": "/claims/hostile/",
    "hostile-compare": "/claims/hostile/compare/?from=1&to=2",
    "eventful": "/claims/related/",
    "long-speaker": "/speakers/long/",
    "bare-speaker": "/speakers/bare/",
    "arabic-speaker": "/speakers/arabic/",
    "long-source": "/sources/long/",
    "long-topic": "/topics/long/",
    "forecasts": "/forecasts/",
    "own-page": "/privacy/",
    "own-page-edition": "/privacy/editions/1/",
    "corrections": "/corrections/",
}
EMPTY = {
    "home": "/",
    "claims": "/claims/",
    "forecasts": "/forecasts/",
    "forecast-month": "/forecasts/2026-11/",
    "corrections": "/corrections/",
    "methodology": "/methodology/",
    "tips": "/tips/",
    "verify": "/verify/",
}
REFUSED = [
    Address("demo", "unknown", "/claims/no-such-claim/", 404),
    Address("demo", "unknown-edition", f"{CORRECTED}editions/99/", 404),
    Address("demo", "bad-filter", "/claims/?claimed_after=yesterday", 400),
    Address("demo", "bad-comparison", f"{CORRECTED}compare/?from=x&to=2", 400),
    Address("demo", "before-publication", f"{CORRECTED}?as_of=2000-01-01", 404),
    Address("hard", "retracted", "/claims/gone/", 410),
]
SHOWN = [
    Address(site, name, path)
    for site, pages in [("demo", DEMO), ("hard", HARD), ("empty", EMPTY)]
    for name, path in pages.items()
]
PUBLIC = [*SHOWN, *REFUSED]

# Not pages for people, so that no browser looks at them; test_reach.py reads them.
FEEDS = [
    Address(site, f"{name}-{form}", f"/{name}/feed.{form}")
    for site in ("demo", "hard", "empty")
    for name in ("claims", "corrections")
    for form in ("atom", "json")
]
# Names of addresses that are no pages: feeds, maps for crawlers, other forms of a claim, redirections. A tip's address
# only its sender knows.
NO_PAGES = {
    "claim-form", "claim-image", "claim-newest-image", "claims-feed", "corrections-feed", "oembed", "robots",
    "sitemap", "sitemap-index", "sitemap-lists", "tip",
}  # fmt: skip

DESK = [
    "",
    "password_change/",
    "claims/claim/",
    "claims/claim/add/",
    "claims/claim/1/change/",
    "claims/claim/1/preview/",
    "claims/claim/1/history/",
    "claims/claim/publish/?ids=1,2",
    "claims/claim/retract/?ids=1,2",
    "claims/appearance/1/change/",
    "claims/speaker/",
    "claims/speaker/1/change/",
    "claims/source/",
    "claims/source/1/change/",
    "claims/topic/",
    "claims/page/add/?slug=about",
    "claims/tip/",
    "claims/ratingscale/1/change/",
    "claims/edition/",
    "claims/edition/1/change/",
]
