"""What a file is that holds no text, and what would be right instead."""

import re

from claims.domain.errors import ImportRefusedError
from claims.exchange.bytes_in import encoding_of

EXPECTED = "A page, JSON, NDJSON, CSV or TSV was expected, plain or by gzip."
SAVE = "Save its sheet as CSV (UTF-8) and import that."
UNPACK = "Unpack it, or compress the file by gzip."
# Beginnings of files, what they are, and what to do: https://en.wikipedia.org/wiki/List_of_file_signatures
KINDS: dict[bytes, tuple[str, str]] = {
    b"PK\x03\x04": ("a ZIP archive, or a spreadsheet or document that is one inside", SAVE),
    b"\xd0\xcf\x11\xe0": ("an office document", SAVE),
    b"%PDF-": ("a PDF document", ""),
    b"\x89PNG": ("a picture", ""),
    b"\xff\xd8\xff": ("a picture", ""),
    b"GIF8": ("a picture", ""),
    b"RIFF": ("a picture, sound or video", ""),
    b"BZh": ("compressed by bzip2", UNPACK),
    b"\xfd7zXZ": ("compressed by xz", UNPACK),
    b"\x28\xb5\x2f\xfd": ("compressed by Zstandard", UNPACK),
    b"7z\xbc\xaf": ("compressed by 7-Zip", UNPACK),
    b"Rar!": ("compressed by RAR", UNPACK),
    b"SQLite format 3\0": ("a database", "Export its table as CSV."),
    b"PAR1": ("a Parquet file", "Export it as CSV or NDJSON."),
}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
LOOKED_AT = 4096  # bytes
FEW = 4  # of these, and one in fifty: some texts have them by mistake, and nothing else has as few


def require_text(head: bytes) -> None:
    """Raises ImportRefusedError for the beginning of what can be no text, and of nothing."""
    for magic, (kind, advice) in KINDS.items():
        if head.startswith(magic):
            raise ImportRefusedError(f"It is {kind}. {EXPECTED} {advice}".strip())
    text = head[:LOOKED_AT].decode(encoding_of(head) or "latin-1", "replace").strip("\ufeff \t\r\n")
    if not text:
        raise ImportRefusedError("It is empty.")
    if len(CONTROL.findall(text)) > FEW + len(text) / 50:
        raise ImportRefusedError(
            f"It is no text: it has characters that no text has. {EXPECTED} If it is text in an unusual encoding, save "
            "it as UTF-8."
        )
