"""The site's addresses."""

from django.contrib import admin
from django.urls import include, path

from claims.api.health import healthz, readyz

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("claims.api.urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("claims.api.v1alpha1.urls")),
    path("", include("claims.web.urls")),
]
