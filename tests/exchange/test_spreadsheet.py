import json
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from claims.exchange import spreadsheet
from claims.exchange.columns import COLUMNS

NAMES = [column.name for column in COLUMNS["topic"]]


def _topic(name: Any) -> str:
    return json.dumps({"id": "x", "slug": "s", "name": name, "description": "", "edition": {"sequence": 7}})


def _cells(name: Any) -> list[Any]:
    content = b"".join(spreadsheet.workbook("topic", [[_topic(name)]]))
    header, row = openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    assert list(header) == NAMES
    return list(row)


@pytest.mark.parametrize(
    "text", ["=1+1", "{=1}", "+cmd|' /C calc'!A0", "https://x.example", "0123", "@x", "नहीं", "a\nb"]
)
def test_text_stays_a_text_to_the_letter(text: str) -> None:
    row = _cells(text)

    assert row[NAMES.index("name")] == text


def test_number_is_a_number_and_nothing_an_empty_cell() -> None:
    row = _cells("a")

    assert (row[NAMES.index("sequence")], row[NAMES.index("description")]) == (7, None)


def test_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    text = _cells("x" * 40_000)[NAMES.index("name")]

    assert (len(text), text[-5:]) == (32_767, "x […]"[-5:])


def test_equal_exports_are_equal_bytes() -> None:
    first, second = (b"".join(spreadsheet.workbook("topic", [[_topic("a")]])) for _ in range(2))

    assert first == second


def test_more_rows_than_a_sheet_has_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 1)

    with pytest.raises(ValueError, match="A sheet has at most 1 rows"):
        list(spreadsheet.workbook("topic", [[_topic("a"), _topic("b")]]))
