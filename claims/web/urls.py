"""Addresses of the public pages."""

from django.urls import path
from django.views.generic import RedirectView

from claims.web import claim, claims, corrections, entities, forecasts, home

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("claims/", claims.claim_list, name="claims"),
    path("claims/<slug:slug>/", claim.claim, name="claim"),
    path("claims/<slug:slug>/editions/<int:number>/", claim.claim_edition, name="claim-edition"),
    path("speakers/<slug:slug>/", entities.entity, {"kind": "speaker"}, name="speaker"),
    path("sources/<slug:slug>/", entities.entity, {"kind": "source"}, name="source"),
    path("topics/<slug:slug>/", entities.entity, {"kind": "topic"}, name="topic"),
    path("rating-scales/<slug:slug>/", entities.entity, {"kind": "rating-scale"}, name="rating-scale"),
    path("forecasts/", forecasts.forecast_list, name="forecasts"),
    path("corrections/", corrections.correction_list, name="corrections"),
    path("search/", RedirectView.as_view(pattern_name="web:claims", permanent=True, query_string=True), name="search"),
]
