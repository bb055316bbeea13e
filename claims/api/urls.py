"""Everything below /api/."""

from django.urls import include, path, re_path

from claims.api.unknown import unknown_address

urlpatterns = [
    path("v1/", include("claims.api.v1.urls")),
    re_path("", unknown_address),
]
