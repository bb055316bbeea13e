"""Formats are told apart, any bytes are read without an exception, and memory does not grow with the rows."""

import json
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.domain.errors import ImportRefusedError
from claims.domain.incoming import Incoming
from claims.exchange import importing, mapping

FORMS = [form for form in importing.FORMATS if form not in {importing.AUTO, importing.EDITIONS}]
MAPPING = mapping.parse(
    '[fields]\ntext = ["text", "claimReviewed"]\nurl = "url"\nreviewed_on = "date"\nrating = "rating"'
)
NUMBERED = mapping.parse("header = false\n[fields]\ntext = 1\nurl = 2\nreviewed_on = 3")
# The members that readers look at, with anything in them.
MEMBERS = st.sampled_from(
    [
        "@type",
        "@id",
        "text",
        "url",
        "claimReviewed",
        "itemReviewed",
        "author",
        "name",
        "datePublished",
        "reviewRating",
        "ratingValue",
        "bestRating",
        "worstRating",
        "alternateName",
        "publisher",
        "inLanguage",
        "dataFeedElement",
        "item",
        "@graph",
        "claims",
        "claimReview",
        "claimDate",
        "claimant",
        "identifier",
        "sameAs",
        "appearance",
        "date",
        "rating",
        "languageCode",
        "reviewDate",
        "textualRating",
    ]
)
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
    | st.sampled_from(["ClaimReview", "2019-02-09", "1-5-20", "#a", "http://[", "https://x.example/", "\ud800", "<b>x"])
)  # fmt: skip
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(MEMBERS, inner, max_size=6), max_leaves=25
)
SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def _rows(content: bytes, form: str, read_as: mapping.Mapping = MAPPING) -> list[Incoming]:
    try:
        return list(importing.read(BytesIO(content), form, read_as))
    except ImportRefusedError:
        return []


def _are_sound(rows: list[Incoming]) -> bool:
    """They are counted from 1, and each either says a claim or is refused."""
    counted = [row.row for row in rows] == list(range(1, len(rows) + 1))
    return counted and all(row.text or row.is_refused for row in rows)


@pytest.mark.parametrize("form", FORMS)
@given(content=st.binary(max_size=300))
@SETTINGS
def test_any_bytes_are_read_or_refused(form: str, content: bytes) -> None:
    assert _are_sound(_rows(content, form))
    assert _are_sound(_rows(content, form, NUMBERED))
    with suppress(ImportRefusedError):  # the beginning of a compressed file, and no more, or no text
        assert importing.detected(BytesIO(content)) in importing.FORMATS


@pytest.mark.parametrize("form", [form for form in FORMS if form not in importing.TABLES])
@given(value=JSON, end=st.floats(0, 1))
@SETTINGS
def test_any_json_that_was_cut_is_read_or_refused(form: str, value: Any, end: float) -> None:
    text = json.dumps([value, value])
    assert _are_sound(_rows(text[: int(end * len(text))].encode(), form))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32-be", "utf-7", "cp1256", "iso2022_jp", "shift_jis", "utf-8"])
@given(content=st.binary(max_size=300))
@SETTINGS
def test_any_bytes_are_read_or_refused_in_any_encoding(form: str, encoding: str, content: bytes) -> None:
    assert _are_sound(_rows(content, form, replace(MAPPING, encoding=encoding)))


@pytest.mark.parametrize("form", [form for form in FORMS if form not in importing.TABLES])
@given(value=JSON)
@SETTINGS
def test_any_json_is_read_or_refused(form: str, value: Any) -> None:
    assert _are_sound(_rows(json.dumps(value).encode(), form))


@given(text=st.text(alphabet='<>!-="/ab{}[],:script type=application/ld+json@ClaimReview\n', max_size=400))
@SETTINGS
def test_any_page_is_read_or_refused(text: str) -> None:
    assert _are_sound(_rows(b"<" + text.encode(), "claimreview"))


@pytest.mark.parametrize(
    ("content", "name", "form"),
    [
        ("<!DOCTYPE html><html>", "", "claimreview"),
        ('{"@type": "ClaimReview"}\n{"@type": "ClaimReview"}\n', "", "claimreview"),
        ('{"@type":"DataFeed","dataFeedElement":[]}', "", "datafeed"),
        ('{\n "claims": [{"claimReview": []}]\n}', "", "factchecktools"),
        ('{"claim": "a"}\n{"claim": "b"}\n', "", "ndjson"),
        ('[{"claim": "a"},\n{"claim": "b"}]', "", "json"),
        ('{"action":"published","author_digest":"x","digest":"x","previous_digest":"x"}\n', "", "editions"),
        ("a,b\n1,2\n", "", "csv"),
        ("a\tb\n1\t2\n", "", "tsv"),
        ("a,b\tc\n", "x.tsv.gz", "tsv"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_format_is_told_by_the_beginning(content: str, name: str, form: str, encoding: str) -> None:
    assert importing.detected(BytesIO(content.encode(encoding)), name) == form


@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, form: str) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.{form}"
        path.write_text("".join(_lines(form, rows)))
        tracemalloc.start()
        with path.open("rb") as file:
            assert sum(1 for _ in importing.read(file, form, mapping.Mapping())) == rows
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(100)  # what is loaded once
    assert peak(4000) < peak(400) + 100_000


def _lines(form: str, rows: int) -> Iterator[str]:
    if form == "csv":
        yield "text,url\n"
    for number in range(rows):
        address = f"https://x.example/{number}"
        yield f"Claim {number}.,{address}\n" if form == "csv" else f'{{"text":"Claim {number}.","url":"{address}"}}\n'
