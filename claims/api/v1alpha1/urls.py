from django.urls import path, re_path

from claims.api.v1alpha1 import views

app_name = "factchecktools"
urlpatterns = [
    path("v1alpha1/claims:search", views.ClaimsSearch.as_view(), name="claims-search"),
    path("$discovery/rest", views.Discovery.as_view(), name="discovery"),
    re_path(r"^(?:v1alpha1|\$discovery)/", views.UnknownAddress.as_view()),
]
