import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.folding import fold


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
