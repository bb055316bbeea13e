from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.folding import fold, text_key
from claims.models import Claim, Speaker
from tests import factories


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Élysée", "elysee"),
        ("ELYSEE", "elysee"),
        ("Straße", "strasse"),
        ("  two\n words\t", "two words"),
        ("№ 5™", "no 5tm"),
        ("Ёлка", "елка"),
        ("Αθήνα", "αθηνα"),
        ("북한", "북한"),
        ("ガギ", "ガギ"),
        ("ｆｕｌｌ", "full"),
        ("", ""),
    ],
)
def test_fold_for_comparison(text: str, expected: str) -> None:
    assert fold(text) == expected


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30))
def test_fold_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("text", ["It\u200b is so.", "\ufeffIT IS SÓ.", "It is\xa0s\xado.", "\u202bIt is so.\u202c"])
def test_texts_that_look_the_same_have_one_key(text: str) -> None:
    assert text_key(text) == text_key("It is so.")


def test_texts_that_look_different_have_keys_of_their_own() -> None:
    assert text_key("It is so.") != text_key("It isso.")


@pytest.mark.django_db
def test_keys_from_before_are_filled_again() -> None:
    speaker = factories.SpeakerFactory.create(name="Kim\u200b")
    claim = factories.ClaimFactory.create(text="It\u200b is so.", speaker=speaker)
    Claim.objects.update(text_key="old")
    Speaker.objects.update(name_key="old")

    import_module("claims.migrations.0015_text_keys_without_invisible_characters").fill(apps, None)

    assert Claim.objects.get(pk=claim.pk).text_key == text_key("It is so.")
    assert Speaker.objects.get(pk=speaker.pk).name_key == text_key("Kim")
