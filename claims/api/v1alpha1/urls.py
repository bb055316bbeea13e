"""The addresses of Google's API, which its clients know. Asked for more often than all others, they stand first."""

from django.urls import path, re_path

from claims.api.v1alpha1 import views

urlpatterns = [
    path("v1alpha1/claims:search", views.ClaimsSearch.as_view(), name="claims-search"),
    path("$discovery/rest", views.Discovery.as_view(), name="discovery"),
    re_path(r"^(?:v1alpha1|\$discovery)/", views.UnknownAddress.as_view()),
]
