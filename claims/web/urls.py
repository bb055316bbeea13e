"""Addresses of the public pages."""

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter

from claims.enums import PageSlug
from claims.web import (
    about,
    card,
    claim,
    claims,
    compare,
    corrections,
    entities,
    feeds,
    forecasts,
    home,
    pages,
    renditions,
    search,
    share_image,
    sitemaps,
    tips,
)
from claims.web.month import MonthConverter


class PageSlugConverter(StringConverter):
    """The site's own pages stand at the top, so their addresses are a closed list."""

    regex = "|".join(PageSlug.values)


register_converter(PageSlugConverter, "page")
register_converter(MonthConverter, "month")

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("claims/", claims.claim_list, name="claims"),
    path("claims/<slug:slug>/", claim.claim, name="claim"),
    path("claims/<slug:slug>/compare/", compare.compare, name="claim-compare"),
    path("claims/<slug:slug>/editions/<int:number>/", claim.claim_edition, name="claim-edition"),
    path("claims/<slug:slug>/embed/", card.card, name="claim-card"),
    path("claims/<slug:slug>/embed/<int:number>/", card.card, name="claim-card-since"),
    path("claims/<slug:slug>/share.png", share_image.newest_image, name="claim-newest-image"),
    path("claims/<slug:slug>/editions/<int:number>/share.png", share_image.image, name="claim-image"),
    path("oembed", card.oembed, name="oembed"),
    path("speakers/<slug:slug>/", entities.entity, {"kind": "speaker"}, name="speaker"),
    path("sources/<slug:slug>/", entities.entity, {"kind": "source"}, name="source"),
    path("topics/<slug:slug>/", entities.entity, {"kind": "topic"}, name="topic"),
    path("rating-scales/<slug:slug>/", entities.entity, {"kind": "rating-scale"}, name="rating-scale"),
    path("forecasts/", forecasts.forecast_list, name="forecasts"),
    path("forecasts/<month:month>/", forecasts.forecast_month, name="forecast-month"),
    path("corrections/", corrections.correction_list, name="corrections"),
    re_path(r"^claims/feed\.(?P<form>atom|json)$", feeds.claim_feed, name="claims-feed"),
    re_path(r"^corrections/feed\.(?P<form>atom|json)$", feeds.correction_feed, name="corrections-feed"),
    # After the feeds, whose names a slug may equal.
    re_path(r"^claims/(?P<slug>[-a-zA-Z0-9_]+)\.(?P<suffix>jsonld|md|json)$", renditions.rendition, name="claim-form"),
    path("<page:slug>/", pages.page, name="page"),
    path("<page:slug>/editions/<int:number>/", pages.page_edition, name="page-edition"),
    path("tips/", tips.tip_form, name="tips"),
    re_path(r"^tips/(?P<token>[0-9a-f]{40})/$", tips.tip, name="tip"),
    path("verify/", about.verify, name="verify"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    path("sitemaps/lists.xml", sitemaps.lists, name="sitemap-lists"),
    path("sitemaps/<int:number>.xml", sitemaps.pages, name="sitemap"),
    path("search/", search.search_page, name="search"),
]
