"""Exports as a spreadsheet (.xlsx): the columns of CSV, written in constant memory to a temporary file."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook

from claims.exchange.columns import COLUMNS, value_of

MOST_ROWS = 1_048_576 - 1  # Excel's, without the line that names the columns
MOST_CHARACTERS = 32_767  # of one cell, Excel's too
CUT = " […]"
# Formulas, addresses and numbers in texts stay the texts they are.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": False,
}
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 (equal exports are equal bytes; the format has no zone)
WHOLE_DIGITS = 15  # beyond, a spreadsheet rounds


def workbook(kind: str, chunks: Iterable[list[str]]) -> Iterator[bytes]:
    """The bytes of a workbook with one sheet. It can be sent only when it is whole, which the format asks for.

    Raises ValueError when there are more than MOST_ROWS rows; ask how many there are beforehand.
    """
    with tempfile.TemporaryFile() as file:
        book = Workbook(file, OPTIONS)
        book.set_properties({"created": CREATED})
        try:
            _fill(book.add_worksheet(kind[:31]), kind, chunks)
        finally:
            book.close()
        file.seek(0)
        while part := file.read(2**16):
            yield part


def _fill(sheet: Any, kind: str, chunks: Iterable[list[str]]) -> None:
    sheet.freeze_panes(1, 0)
    _write(sheet, 0, [column.name for column in COLUMNS[kind]])
    for row, text in enumerate((text for texts in chunks for text in texts), start=1):
        if row > MOST_ROWS:
            raise ValueError(f"A sheet has at most {MOST_ROWS:,} rows.")
        document = json.loads(text)
        _write(sheet, row, [value_of(document, column.path) for column in COLUMNS[kind]])


def _write(sheet: Any, row: int, values: list[Any]) -> None:
    for column, value in enumerate(values):
        if isinstance(value, int) and not isinstance(value, bool) and len(str(value)) <= WHOLE_DIGITS:
            sheet.write_number(row, column, value)
        elif value not in (None, ""):
            text = str(value)
            whole = len(text) <= MOST_CHARACTERS
            sheet.write_string(row, column, text if whole else text[: MOST_CHARACTERS - len(CUT)] + CUT)
