"""What the desk's models do beyond their constraints."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from claims.models import Affiliation, Claim, Source, SpeakerAlias
from claims.models.fields import LineField, ProseField
from tests import factories

pytestmark = pytest.mark.django_db


def test_slug_is_made_from_the_public_name() -> None:
    assert factories.ClaimFactory.create(text="It is so, isn’t it?").slug == "it-is-so-isnt-it"


def test_slug_that_was_chosen_is_kept() -> None:
    assert factories.ClaimFactory.create(slug="chosen").slug == "chosen"


def test_slug_of_a_name_that_is_taken() -> None:
    factories.TopicFactory.create(slug="peace")

    topic = factories.TopicFactory.create(name="Peace")

    assert topic.slug == f"peace-{topic.uid.hex[:8]}"


def test_slug_of_a_name_without_latin_letters() -> None:
    speaker = factories.SpeakerFactory.create(name="김정은")

    assert speaker.slug == f"speaker-{speaker.uid.hex[:8]}"


def test_slug_of_a_long_name_fits_its_column() -> None:
    first, second = (factories.ClaimFactory.create(text="word " * 200) for _ in range(2))

    assert (first.slug, second.slug) == ("word-" * 18 + "w", "word-" * 18 + f"w-{second.uid.hex[:8]}")


def test_public_name_is_what_it_is_called() -> None:
    claim = factories.ClaimFactory.create(text="It is so.")
    named = [claim, factories.SourceFactory.create(title="A map"), factories.rating("true").scale]

    assert [str(item) for item in named] == ["It is so.", "A map", "Truth scale"]


def test_source_with_the_address_of_another_is_told_which() -> None:
    existing = factories.SourceFactory.create(url="https://paper.example/a", title="First", slug="first")
    second = Source(title="Second", publisher="The Paper", url="http://www.paper.example/a/?utm_source=x#top")

    with pytest.raises(ValidationError) as caught:
        second.full_clean()

    sentence = f"This address is already recorded: source {existing.pk}, “First” (first)."
    assert caught.value.message_dict["url"] == [sentence]


def test_source_keeps_its_own_address() -> None:
    source = factories.SourceFactory.create(url="https://paper.example/a")

    source.full_clean()

    assert (source.same_address(), source.address_key) == (None, "paper.example/a")


def test_source_with_a_hostile_address() -> None:
    source = Source(title="It", publisher="The Paper", url="javascript:alert(1)")

    with pytest.raises(ValidationError) as caught:
        source.full_clean()

    assert list(caught.value.message_dict) == ["url"]


def test_affiliation_with_a_person() -> None:
    person, other = factories.SpeakerFactory.create(), factories.SpeakerFactory.create()

    with pytest.raises(ValidationError) as caught:
        Affiliation(speaker=person, organisation=other, title="Friend").full_clean()

    assert caught.value.message_dict == {"organisation": ["A role is held at an organisation or a public body."]}


def _text_fields() -> list[tuple[type[models.Model], str]]:
    found = Claim._meta.apps.get_app_config("claims").get_models()
    names = [(model, field) for model in found for field in model._meta.concrete_fields]
    return [(model, field.name) for model, field in names if isinstance(field, LineField | ProseField)]


@pytest.mark.parametrize(("model", "name"), _text_fields(), ids=lambda value: getattr(value, "__name__", value))
def test_text_field_refuses_control_characters(model: type[models.Model], name: str) -> None:
    field = model._meta.get_field(name)

    with pytest.raises(ValidationError) as caught:
        field.run_validators("a\x00b")  # type: ignore[union-attr]

    assert "Character 2 is a control character. Remove it." in caught.value.messages


def test_partial_date_that_is_none_is_refused(claim: Claim) -> None:
    claim.claimed_on = "2019-02-30"

    with pytest.raises(ValidationError) as caught:
        claim.full_clean()

    assert caught.value.message_dict == {"claimed_on": ["“2019-02-30” is not a day of the calendar."]}


def test_aliases_in_any_script() -> None:
    speaker = factories.SpeakerFactory.create()
    for name in ("김정은", "Kim Jong-un", "Ким Чен Ын"):
        SpeakerAlias(speaker=speaker, name=name).full_clean()
        SpeakerAlias.objects.create(speaker=speaker, name=name)

    assert speaker.aliases.count() == 3
