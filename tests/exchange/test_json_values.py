import json
from io import BytesIO
from typing import Any

import pytest

from claims.exchange import json_values

ROWS = [{"a": n, "by": [{"name": "x"}]} for n in range(4)]


def _read(text: str) -> list[tuple[Any, bool]]:
    found = json_values.values(BytesIO(text.encode()))
    return [(value.value, any(finding.refused for finding in value.findings)) for value in found]


@pytest.mark.parametrize("first", ['{"a": 0, "by": [{"name": "x"}, {"na', '{"a"}'])
def test_lines_of_which_the_first_is_broken(first: str) -> None:
    lines = [first, *map(json.dumps, ROWS[1:])]

    assert _read("\n".join(lines)) == [(None, True), *((row, False) for row in ROWS[1:])]


def test_document_with_one_object_a_line_is_no_lines() -> None:
    text = '{"feed": [\n' + ",\n".join(map(json.dumps, ROWS)) + "\n]}"

    assert _read(text) == [({"feed": ROWS}, False)]
    assert _read(text[:-20]) == [({"feed": ROWS[:3]}, False), (None, True)]


def test_cut_says_where() -> None:
    *_, last = json_values.values(BytesIO(b'[{"a": 1},\n {"a": 2},\n {"a"'))

    assert (last.findings[0].value, last.findings[0].message) == (
        '{"a"',
        "The JSON is cut or damaged after line 2 column 10. What was whole before was read, no more.",
    )
