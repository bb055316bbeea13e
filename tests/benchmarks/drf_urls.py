from django.urls import include, path
from rest_framework.routers import SimpleRouter

from tests.benchmarks.drf_fact_checks import FactChecks
from tests.benchmarks.drf_views import ClaimViewSet

router = SimpleRouter()
router.register("claims", ClaimViewSet)

urlpatterns = [path("api/v1/", include(router.urls)), path("v1alpha1/claims:search", FactChecks.as_view())]
