import csv
import json
from io import StringIO

import pytest

from claims.domain import publishing
from claims.exchange import columns, exporting
from claims.models import Claim, Edition, Source
from tests import factories

DOCUMENT = {
    "text": "It is so.",
    "verdict": {"rating": {"value": -1, "conclusive": True}},
    "forecast": None,
    "topics": [{"slug": "talks"}, {"slug": "trade"}],
    "roles": [{"names": ["a", None]}, {"names": ["b"]}],
    "empty": [],
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("text", "It is so."),
        ("topics.slug", "talks | trade"),
        ("roles.names", "a | b"),
        ("verdict.rating.value", "-1"),
        ("verdict.rating.conclusive", "true"),
        ("forecast", ""),
        ("forecast.due_end", ""),
        ("empty.slug", ""),
        ("nowhere.at.all", ""),
        ("verdict", '{"rating":{"conclusive":true,"value":-1}}'),
    ],
)
def test_cell_of_path(path: str, text: str) -> None:
    assert columns.cell(DOCUMENT, path) == text


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_cell_that_a_spreadsheet_would_run(first: str) -> None:
    assert columns.cell({"text": f"{first}1+1"}, "text") == f"'{first}1+1"
    assert columns.cell({"topics": [f"{first}a", "b"]}, "topics") == f"'{first}a | b"


@pytest.mark.parametrize("text", ["1=1", "'=1", "북한", " =1", ""])
def test_cell_that_no_spreadsheet_runs(text: str) -> None:
    assert columns.cell({"text": text}, "text") == text


def test_rows_survive_quotes_commas_and_line_breaks() -> None:
    text = 'He said: "one, two"\nand three.'
    document = {"id": "1", "slug": "so", "edition": {"sequence": 7}, "name": text, "description": ""}

    [row] = csv.DictReader(StringIO(columns.header("topic") + columns.rows("topic", [json.dumps(document)])))

    assert (row["sequence"], row["slug"], row["name"], row["description"]) == ("7", "so", text, "")


@pytest.mark.parametrize("kind", exporting.KINDS)
def test_column_names_are_unique(kind: str) -> None:
    names = [column.name for column in columns.COLUMNS[kind]]

    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("kind", exporting.KINDS)
def test_every_path_leads_to_something_in_a_full_claim(full_claim: Claim, kind: str) -> None:
    full_claim.speaker.aliases.create(name="Other name")
    Source.objects.update(authors="A. Writer")
    publishing.publish(full_claim, by="ed", note="New.", translations={"ko": "새로움."})
    publishing.publish(factories.PageFactory.create(), by="ed")
    texts = [text for chunk in exporting.read(kind, until=Edition.objects.count()) for text in chunk]
    documents = [json.loads(text) for text in texts]

    missing = [
        column.path
        for column in columns.COLUMNS[kind]
        if not any(_leads(document, column.path.split(".")) for document in documents)
    ]

    assert missing == []


def _leads(value: object, names: list[str]) -> bool:
    if isinstance(value, list):
        return any(_leads(item, names) for item in value)
    if not names:
        return True
    return isinstance(value, dict) and names[0] in value and _leads(value[names[0]], names[1:])
