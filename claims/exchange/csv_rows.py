"""Rows of CSV and TSV, also of those that take quotation marks lightly.

Where a row is not as RFC 4180 has it, it is read in the first way that gives it as many cells as the first row has:
with quotation marks escaped by backslashes, or as ordinary characters, or as spreadsheets would guess. A mark that is
opened and never closed would take all rows that follow into its cell, and say nothing.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from claims.domain.incoming import Finding
from claims.exchange import bytes_in
from claims.exchange.bytes_in import Line
from claims.exchange.plain_text import shown

csv.field_size_limit(bytes_in.MOST_LINE)  # the module's own limit is 128 KB, and can only be set for all

MOST_LINES = 1000  # of one row
ESCAPED = "Its quotation marks are escaped by backslashes. They were read so."
ORDINARY = "Its quotation marks are not as a table has them. They were read as ordinary characters."
GUESSED = "Its quotation marks are not as a table has them. It was read as far as can be told."

Row = tuple[list[str], list[Finding]]


class Rows:
    """Cells of each row, with what was wrong with its lines, or with their quotation marks."""

    def __init__(self, lines: Iterable[Line], delimiter: str, *, quoting: bool, header: bool) -> None:
        self._lines = _Lines(lines)
        self._form: dict[str, Any] = {"delimiter": delimiter}
        if not quoting:
            self._form["quoting"] = csv.QUOTE_NONE
        self._reader = csv.reader(self._lines, strict=True, **self._form)
        self._header = header
        self._width = 0

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        self._lines.begin()
        findings: list[Finding] = []
        try:
            cells = next(self._reader)
        except csv.Error as error:
            cells = self._mended(str(error), findings)
        if cells and not self._width:
            self._width = len(cells)
            if self._header and len(cells) > 1 and all(cell.startswith(" ") for cell in cells[1:]):
                self._form["skipinitialspace"] = True  # “name, rating”, where quotation marks follow the blanks
                self._reader = csv.reader(self._lines, strict=True, **self._form)
        return cells, self._lines.findings + findings

    def _mended(self, problem: str, findings: list[Finding]) -> list[str]:
        first = self._lines.taken[0].text
        if '\\"' in first and self._fits(escaped := self._again(escapechar="\\", strict=True)):
            findings.append(Finding("", shown(first), ESCAPED))
            return escaped
        ordinary = self._again(quoting=csv.QUOTE_NONE)
        if not self._fits(ordinary):
            guessed = self._again()
            if guessed and (self._fits(guessed) or not self._lines.ran_out):
                findings.append(Finding("", shown(first), GUESSED))
                return guessed
            ordinary = self._again(quoting=csv.QUOTE_NONE)
        message = ORDINARY if ordinary else f"The row is no CSV: {problem}."[:300]
        findings.append(Finding("", shown(first), message, refused=not ordinary))
        return ordinary

    def _fits(self, cells: list[str]) -> bool:
        return len(cells) == self._width and not self._lines.ran_out

    def _again(self, **form: Any) -> list[str]:
        """The same row, read in another way; without cells where that is not possible."""
        self._lines.back()
        try:
            return next(csv.reader(self._lines, **self._form | form))
        except (csv.Error, StopIteration):
            return []


class _Lines:
    """Lines that can be given back. `taken` are those of one row, which `ran_out` of them if it had no end."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._waiting: deque[Line] = deque()
        self.begin()

    def begin(self) -> None:
        self.taken: list[Line] = []
        self.ran_out = False

    def back(self) -> None:
        self._waiting.extendleft(reversed(self.taken))
        self.begin()

    @property
    def findings(self) -> list[Finding]:
        found = [finding for line in self.taken for finding in line.findings]
        if any("\0" in line.text for line in self.taken):
            found.append(Finding("", "", "NUL characters were taken out."))
        return found

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self._lines, None)
        if line is None or len(self.taken) == MOST_LINES:
            if line is not None:
                self._waiting.appendleft(line)
            self.ran_out = True
            raise StopIteration
        self.taken.append(line)
        return line.text.replace("\0", "") or "\n"
