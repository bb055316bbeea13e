import pytest

from claims.domain import publishing
from claims.models import Claim
from tests.admin.conftest import As

PERSONAL = ["session", "user", "_messages"]


@pytest.mark.parametrize(
    "path", ["/", "/ko/claims/", "/tips/", "/claims/{slug}/", "/api/v1/claims/", "/v1alpha1/claims:search", "/nowhere/"]
)
def test_reader_is_nobody_even_one_who_is_logged_in_at_the_desk(logged_in_as: As, claim: Claim, path: str) -> None:
    publishing.publish(claim, by="ed")

    request = logged_in_as("superuser").get(path.format(slug=claim.slug)).wsgi_request

    assert [name for name in PERSONAL if hasattr(request, name)] == []


def test_editor_is_known_at_the_desk(logged_in_as: As) -> None:
    request = logged_in_as("superuser").get("/admin/").wsgi_request

    assert [name for name in PERSONAL if hasattr(request, name)] == PERSONAL
    assert str(request.user) == "superuser"
