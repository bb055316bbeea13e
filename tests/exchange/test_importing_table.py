import gzip
import json
from io import BytesIO
from typing import Any

import pytest

from claims.domain.errors import ImportRefusedError
from claims.domain.incoming import Incoming, IncomingReview, IncomingSpeaker
from claims.exchange import bytes_in, importing, mapping

MAPPING = """
date_order = "dmy"
[fields]
text = "claim"
speaker = "who"
claimed_on = "when"
topics = "tags"
url = ["review", "copy"]
rating = "verdict"
[constants]
publisher = "The Checkers"
language = "hi"
"""
SHORT = """
[fields]
text = "claim"
rating = "verdict"
[constants]
publisher = "The Checkers"
language = "hi"
"""
ROW = Incoming(
    row=1,
    text="It is so.",
    language="hi",
    claimed_on="2019-02-09",
    speaker=IncomingSpeaker(name="Kim"),
    topics=["a", "b"],
    reviews=[IncomingReview(publisher="The Checkers", url="https://c.example/1", rating="झूठ", language="hi")],
)


def _read(content: str, form: str, text: str = MAPPING) -> list[Incoming]:
    return list(importing.read(BytesIO(content.encode()), form, mapping.parse(text)))


@pytest.mark.parametrize(
    ("form", "content"),
    [
        (
            "csv",
            'claim,who,when,tags,copy,review,verdict\r\n"It is\nso.",Kim,9-2-2019,"a, b",,https://c.example/1,झूठ\r\n',
        ),
        ("tsv", "verdict\tclaim\twho\twhen\ttags\treview\nझूठ\tIt is so.\tKim\t9-2-2019\ta,b\thttps://c.example/1"),
        (
            "ndjson",
            '{"claim":"It is so.","who":"Kim","when":"9-2-2019","tags":["a","b"],"copy":"https://c.example/1","verdict":"झूठ"}',
        ),
        (
            "json",
            '[{"claim":"It is so.","who":"Kim","when":"9-2-2019","tags":["a","b"],"review":"https://c.example/1","verdict":"झूठ"}]',
        ),
    ],
)
def test_row_of_every_form(form: str, content: str) -> None:
    assert _read(content, form) == [ROW]


def test_columns_by_number_without_header_and_quoting() -> None:
    text = "header = false\nquoting = false\nnames_from_slugs = true\n[fields]\ntext = 2\nspeaker = 1\nnote = 9\n"

    [first, second] = _read('barack-obama\t"He" said\nO\'Neil Jr.\t"so\n', "tsv", text)

    assert (first.text, first.speaker.name, first.reviews) == ('"He" said', "Barack Obama", [])
    assert (second.text, second.speaker.name) == ('"so', "O'Neil Jr.")


def test_list_that_stands_deep_and_members_of_members() -> None:
    text = 'items = "data.claims"\n[fields]\ntext = "c.text"\nrating = "r.0.label"\n[constants]\npublisher = "P"\n'

    [row] = _read('{"data": {"claims": [{"c": {"text": "So."}, "r": [{"label": "Falso"}]}]}}', "json", text)

    assert (row.text, row.reviews[0].rating) == ("So.", "Falso")


def test_columns_with_the_names_of_our_fields_need_no_mapping() -> None:
    [row] = _read("text,rating,publisher\nSo.,False,P\n", "csv", "")

    assert (row.text, row.reviews[0].rating, row.reviews[0].publisher) == ("So.", "False", "P")


@pytest.mark.parametrize(
    ("form", "content", "text", "message"),
    [
        ("csv", "a,b\n1,2\n", "", "Say which column is what by a mapping"),
        ("csv", "a,b\n1,2\n", '[fields]\ntext = "c"', "“c”, which is no column. Columns are: a, b."),
        ("csv", "a\n", 'header = false\n[fields]\ntext = "a"', "There is no header"),
        ("ndjson", '{"a": 1}', "", "Say which column is what by a mapping"),
    ],
)
def test_mapping_that_does_not_fit(form: str, content: str, text: str, message: str) -> None:
    with pytest.raises(ImportRefusedError, match=message):
        _read(content, form, text)


@pytest.mark.parametrize(
    ("line", "refused", "message"),
    [
        (",Kim", True, "No claim is given."),
        ("So.", False, "The row has not as many cells as the header."),
        ("So\0.,Kim", False, "NUL characters were taken out."),
    ],
)
def test_row_that_is_not_as_it_should_be(line: str, refused: bool, message: str) -> None:
    rows = _read(f"claim,who\n{line}\nNext.,Kim\n", "csv", '[fields]\ntext = "claim"\nspeaker = "who"')

    assert (rows[0].is_refused, [finding.message for finding in rows[0].findings]) == (refused, [message])
    assert (rows[1].row, rows[1].text, rows[1].findings) == (2, "Next.", [])


NOT_TAKEN = "Nothing takes views, likes. It was left out: name it in a mapping to keep it."


@pytest.mark.parametrize(
    ("form", "content", "text"),
    [
        ("csv", "text,views,likes\nSo.,1,2\nNo.,1,2\n", ""),
        ("csv", "claim,views,likes\nSo.,1,2\nNo.,1,2\n", "[fields]\ntext = 1\n"),
        ("ndjson", '{"text":"So.","views":1,"likes":2}\n{"text":"No.","views":1,"likes":2}', ""),
        ("json", '[{"a":{"b":"So."},"views":1,"likes":2},{"a":{"b":"No."},"views":1}]', '[fields]\ntext = "a.b"\n'),
    ],
)
def test_what_nothing_takes_is_told_once(form: str, content: str, text: str) -> None:
    first, second = _read(content, form, text)

    assert [(finding.value, finding.message) for finding in first.findings] == [("views, likes", NOT_TAKEN)]
    assert (second.text, second.findings) == ("No.", [])


def test_members_that_the_first_object_has_not() -> None:
    first, second = _read('{"text": "So."}\n{"text": "No.", "rating": "False", "publisher": "P"}\n', "ndjson", "")

    assert (first.reviews, second.reviews[0].rating) == ([], "False")


def test_object_that_has_none_of_the_members_is_refused_and_no_other() -> None:
    rows = _read('{"text": "So."}\n{"texto": "?"}\n{"text": "No."}\n', "ndjson", "")

    assert [row.is_refused for row in rows] == [False, True, False]


def test_table_that_was_cut_gives_what_is_whole() -> None:
    content = "text\n" + "".join(f"Claim {number}.\n" for number in range(1000))
    cut = gzip.compress(content.encode(), 0)[:-100]

    *rows, last = importing.read(BytesIO(cut), "csv", mapping.parse(""))

    assert [row.text for row in rows] == [f"Claim {number}." for number in range(len(rows))]
    assert len(rows) > 950
    assert [(finding.message, finding.refused) for finding in last.findings] == [(bytes_in.CUT, True)]


def test_list_that_stands_deep_and_was_cut() -> None:
    text = 'items = "data.claims"\n[fields]\ntext = "c"\n'

    rows = _read('{"data": {"claims": [{"c": "So."}, {"c": "No."}, {"c": "Per', "json", text)

    assert [(row.text, row.is_refused) for row in rows] == [("So.", False), ("No.", False), ("", True)]


def test_field_of_ten_megabytes() -> None:
    rows = _read(f'text,note\nSo.,"{"x" * 10_000_000}"\nNext.,y\n', "csv", "")

    assert [(row.text, len(row.note)) for row in rows] == [("So.", 4000), ("Next.", 1)]


@pytest.mark.parametrize("item", [None, 7, "text", [], {}])
def test_item_that_is_no_object_is_refused(item: Any) -> None:
    rows = _read(json.dumps([item, {"claim": "So."}]), "json")

    assert [row.is_refused for row in rows] == [True, False]


def test_publisher_from_the_address() -> None:
    [row] = _read("text,url\nSo.,https://www.checkers.example/1\n", "csv", "")

    assert row.reviews[0].publisher == "checkers.example"
    assert [(finding.field, finding.outcome) for finding in row.findings] == [
        ("publisher", "checkers.example"),
        ("rating", ""),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
def test_delimiter_is_what_parts_the_header(delimiter: str) -> None:
    [row] = _read(f'text{delimiter}speaker\n"So, or; so."{delimiter}Kim\n', "csv", "")

    assert (row.text, row.speaker.name) == ("So, or; so.", "Kim")


def test_columns_of_one_name_are_told() -> None:
    [row] = _read("claim,verdict,verdict\nIt is so.,झूठ,False\n", "csv", SHORT)

    assert [(found.value, found.message) for found in row.findings] == [
        (
            "verdict",
            "Several columns have this name. The first was taken: a mapping can take others by their numbers, from 1.",
        )
    ]
    assert row.reviews[0].rating == "झूठ"


def test_delimiter_that_a_spreadsheet_names_in_a_line_of_its_own() -> None:
    [row] = _read("sep=;\r\nclaim;verdict\r\nIt is, so.;झूठ\r\n", "csv", SHORT)

    assert (row.text, row.reviews[0].rating, row.findings) == ("It is, so.", "झूठ", [])
