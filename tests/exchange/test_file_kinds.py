import codecs
from io import BytesIO
from random import Random

import pytest

from claims.domain.errors import ImportRefusedError
from claims.exchange.file_kinds import require_text
from claims.exchange.importing import detected


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (b"", "It is empty"),
        (b" \r\n\t", "It is empty"),
        (codecs.BOM_UTF8, "It is empty"),
        (codecs.BOM_UTF16_LE, "It is empty"),
        (b"PK\x03\x04\x14\x00\x06", "It is a ZIP archive, or a spreadsheet .* Save its sheet as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an office document.* Save its sheet as CSV"),
        (b"%PDF-1.7", "a PDF document"),
        (b"SQLite format 3\0", "a database"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\0" * 1000, "It is no text"),
        (Random(1).randbytes(5000), "It is no text"),
        (b"\0" + Random(2).randbytes(5000), "It is no text"),
        (b"ab\0\0" * 100, "It is no text"),
    ],
)
def test_what_is_no_text_is_called_by_its_name(head: bytes, message: str) -> None:
    with pytest.raises(ImportRefusedError, match=message):
        require_text(head)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1256", "gb18030"])
def test_text_in_any_encoding_is_one(encoding: str) -> None:
    file = BytesIO("text,خبر\r\n\0x".encode(encoding, "ignore"))

    assert detected(file) == "csv"
