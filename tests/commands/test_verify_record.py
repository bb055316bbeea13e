import pytest
from django.core.management import CommandError, call_command

from claims.domain import publishing
from claims.models import Claim, PublishedClaim

pytestmark = pytest.mark.django_db


def test_verify_record_that_is_whole(claim: Claim, capsys: pytest.CaptureFixture[str]) -> None:
    publishing.publish(claim, by="ed")

    call_command("verify_record", no_color=True)

    assert capsys.readouterr().out == "The record is whole: 2 editions, and the projection shows them.\n"


def test_verify_record_that_is_broken(claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    PublishedClaim.objects.update(text="Other.")

    with pytest.raises(CommandError) as caught:
        call_command("verify_record")

    assert caught.value.returncode == 1
    assert str(caught.value) == (
        "The record is broken. Sequence 2: the projection does not show what was published. Run rebuild_projection."
    )
