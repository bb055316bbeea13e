from django.urls import include, path
from rest_framework.routers import SimpleRouter

from tests.benchmarks.drf_views import ClaimViewSet

router = SimpleRouter()
router.register("claims", ClaimViewSet)

urlpatterns = [path("api/v1/", include(router.urls))]
