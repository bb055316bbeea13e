import pytest
from django.core.management import call_command

from claims.domain import publishing
from claims.models import Claim, PublishedClaim, PublishedEntity

pytestmark = pytest.mark.django_db


def test_rebuild_projection_that_was_lost(claim: Claim, capsys: pytest.CaptureFixture[str]) -> None:
    publishing.publish(claim, by="ed")
    PublishedClaim.objects.all().delete()
    PublishedEntity.objects.all().delete()

    call_command("rebuild_projection", no_color=True)

    assert capsys.readouterr().out == "Rebuilt: 2 public objects.\n"
    assert PublishedClaim.objects.get().text == claim.text
