import pytest
from django.utils import translation

from claims.templatetags.words import grouped, language_label, leading_in, leading_out, word


@pytest.mark.parametrize(
    ("value", "vocabulary", "shown"),
    [("refutes", "Stance", "Refutes"), ("public-body", "SpeakerKind", "Public body"), ("other", "Stance", "other")],
)
def test_word_of_a_vocabulary(value: str, vocabulary: str, shown: str) -> None:
    assert word(value, vocabulary) == shown


@pytest.mark.parametrize(("tag", "name"), [("ko", "Korean"), ("de-AT", "German"), ("tlh", "tlh")])
def test_language_name(tag: str, name: str) -> None:
    assert language_label(tag) == name


@pytest.mark.parametrize(("prefix", "shown"), [("He said", "… He said "), ("He said “", "… He said “")])
def test_leading_in_to_a_quotation(prefix: str, shown: str) -> None:
    assert leading_in(prefix) == shown


@pytest.mark.parametrize(("suffix", "shown"), [("he said", " he said …"), (",” he said", ",” he said …")])
def test_leading_out_of_a_quotation(suffix: str, shown: str) -> None:
    assert leading_out(suffix) == shown


@pytest.mark.parametrize(
    ("language", "number", "shown"),
    [("en", 999, "999"), ("en", 1234567, "1,234,567"), ("ko", 1234567, "1,234,567"), ("ar", 1234567, "1,234,567")],
)
def test_grouped(language: str, number: int, shown: str) -> None:
    with translation.override(language):
        assert grouped(number) == shown
