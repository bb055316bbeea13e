import pytest

from claims.domain.incoming import Finding
from claims.exchange.bytes_in import Line
from claims.exchange.csv_rows import ESCAPED, GUESSED, MOST_LINES, ORDINARY, Rows

HEADER = "claim,src,label\n"


def _read(text: str, *, delimiter: str = ",", quoting: bool = True) -> list[tuple[list[str], list[str]]]:
    """The rows after the header, with the messages of their findings."""
    lines = (Line(line, []) for line in text.splitlines(keepends=True))
    rows = list(Rows(lines, delimiter, quoting=quoting, header=True))[1:]
    return [(cells, [finding.message for finding in findings]) for cells, findings in rows]


@pytest.mark.parametrize(
    ("row", "cells", "messages"),
    [
        ('"He said ""no""",P,F', ['He said "no"', "P", "F"], []),
        ('"two\nlines",P,F', ["two\nlines", "P", "F"], []),
        ('He said "no" twice,P,F', ['He said "no" twice', "P", "F"], []),
        ('"Vaccines kill" says Bob,P,F', ['"Vaccines kill" says Bob', "P", "F"], [ORDINARY]),
        (r'"He said \"no, never\" twice",P,F', ['He said "no, never" twice', "P", "F"], [ESCAPED]),
        (r'"C:\",P,F', ["C:\\", "P", "F"], []),
        ('"He said "no" twice",P,F', ['"He said "no" twice"', "P", "F"], [ORDINARY]),
        ('"He said "no, never" twice",P,F', ["He said no", ' never" twice"', "P", "F"], [GUESSED]),
        ('"He said",P,"F" ', ['"He said"', "P", '"F" '], [ORDINARY]),
        ('"He said so,P,F', ['"He said so', "P", "F"], [ORDINARY]),
    ],
)
def test_row_with_quotation_marks(row: str, cells: list[str], messages: list[str]) -> None:
    after = ["after", "P", "F"]

    assert _read(f"{HEADER}{row}\nafter,P,F\n") == [(cells, messages), (after, [])]


@pytest.mark.parametrize("rest", ["later,P,F\n", 'later,"P",F\n'])
@pytest.mark.parametrize("count", [1, 3 * MOST_LINES])
def test_quotation_mark_that_is_never_closed_takes_no_other_row(rest: str, count: int) -> None:
    rows = _read(f'{HEADER}"He said so,P,F\n{rest * count}')

    assert rows == [(['"He said so', "P", "F"], [ORDINARY]), *[(["later", "P", "F"], [])] * count]


def test_blanks_after_delimiters_as_in_the_header() -> None:
    assert _read('claim, src, label\nuno, "P, Q", "F"\n') == [(["uno", "P, Q", "F"], [])]
    assert _read(f'{HEADER}uno, "P", F\n') == [(["uno", ' "P"', " F"], [])]


def test_findings_stay_with_their_lines() -> None:
    lines = [
        Line(HEADER, []),
        Line('"open,P,F\n', []),
        Line("next,P,F\n", [Finding("", "", "Odd.")]),
        Line("\0a,P,F", []),
    ]

    rows = list(Rows(lines, ",", quoting=True, header=True))

    assert [[finding.message for finding in findings] for _, findings in rows] == [
        [],
        [ORDINARY],
        ["Odd."],
        ["NUL characters were taken out."],
    ]


def test_without_quoting_marks_are_ordinary_and_nothing_is_said() -> None:
    assert _read('a\tb\n"x\ty\n', delimiter="\t", quoting=False) == [(['"x', "y"], [])]


def test_row_that_is_none_is_refused_and_shown() -> None:
    [(cells, findings)] = list(Rows([Line("a,b\n", []), Line("c\rd,e\n", [])], ",", quoting=True, header=True))[1:]

    assert (cells, findings[0].value, findings[0].refused) == ([], "c d,e", True)
