"""The site's addresses."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from claims.api.health import healthz, readyz
from claims.api.v1alpha1 import urls as fact_check_tools

urlpatterns = [
    *fact_check_tools.urlpatterns,
    path("admin/", admin.site.urls),
    path("api/", include("claims.api.urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    # The site's own language has no prefix, so that every address from before there were others still holds.
    *i18n_patterns(path("", include("claims.web.urls")), prefix_default_language=False),
]

handler400 = "claims.api.errors.bad_request"
handler404 = "claims.web.errors.not_found"
handler500 = "claims.api.errors.server_error"
