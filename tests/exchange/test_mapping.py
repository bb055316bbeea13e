from pathlib import Path

import pytest

from claims.domain.errors import ImportRefusedError
from claims.exchange import mapping

MAPPINGS = Path(__file__).resolve().parent.parent.parent / "docs" / "mappings"


def test_mapping_with_everything() -> None:
    found = mapping.parse(
        'header = false\ndelimiter = ";"\nquoting = false\nencoding = "latin-1"\ndate_order = "dmy"\nitems = "a.b"\n'
        'list_separator = "|"\nnames_from_slugs = true\n[fields]\ntext = 3\nurl = ["a", "b"]\n'
        '[constants]\nlanguage = "pt"\n'
    )

    assert found == mapping.Mapping(
        fields={"text": (3,), "url": ("a", "b")},
        constants={"language": "pt"},
        header=False,
        delimiter=";",
        quoting=False,
        encoding="latin-1",
        date_order="dmy",
        items="a.b",
        list_separator="|",
        names_from_slugs=True,
    )


def test_empty_mapping_has_the_defaults() -> None:
    assert mapping.parse("") == mapping.Mapping()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[fields", "The mapping is not TOML"),
        ("fields = 1", "The mapping's “fields” must be a table"),
        ("[fields]\ncolour = 1", "The mapping names “colour”, which is no field"),
        ("[fields]\ntext = 0", "The mapping's field “text” must be"),
        ("[fields]\ntext = true", "The mapping's field “text” must be"),
        ("[constants]\nlanguage = 1", "The mapping's constant “language” must be a text"),
        ('[constants]\ntext = "x"', "The mapping's constants cannot have “text”"),
        ("colour = 1", "The mapping has “colour”"),
        ("header = 1", "The mapping's “header” must be true or false"),
        ('date_order = "dym"', "The mapping's “date_order” must be one of"),
        ("[fields]\ntext = -1", "The mapping's field “text” must be"),
        ('[fields]\ntext = ["a", -1]', "The mapping's field “text” must be"),
        ('delimiter = ";;"', "The mapping's “delimiter” must be one character"),
        ('delimiter = "\\n"', "The mapping's “delimiter” must be one character"),
        ('delimiter = "\\r"', "The mapping's “delimiter” must be one character"),
        ("delimiter = '\"'", "The mapping's “delimiter” must be one character"),
        ('encoding = "idna"', "which is none that is known"),
        ('encoding = "unicode_escape"', "which is none that is known"),
        ('encoding = "rot13"', "which is none that is known"),
        ('encoding = "a\\u0001"', "which is none that is known"),
        ('encoding = "klingon"', "which is none that is known"),
    ],
)
def test_mapping_that_is_wrong_says_where(text: str, message: str) -> None:
    with pytest.raises(ImportRefusedError, match=message):
        mapping.parse(text)


def test_mapping_file_may_have_a_byte_order_mark() -> None:
    assert mapping.read(b"\xef\xbb\xbf[fields]\n") == "[fields]\n"


def test_mapping_file_that_is_not_utf_8_says_where() -> None:
    with pytest.raises(ImportRefusedError, match=r"The mapping is not UTF-8, as TOML must be: look at its line 2\."):
        mapping.read("[fields]\ntext = 'café'\n".encode("latin-1"))


@pytest.mark.parametrize("path", sorted(MAPPINGS.glob("*.toml")), ids=lambda path: path.name)
def test_mapping_of_the_docs_is_one(path: Path) -> None:
    assert "text" in mapping.parse(path.read_text(encoding="utf-8")).fields
