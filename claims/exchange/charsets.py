"""In which encoding a text is that is not UTF-8: what a server or a page says of it, read as browsers read it.

https://encoding.spec.whatwg.org/#names-and-labels
"""

import codecs
import re

# Python's own, of its source files.
NO_ENCODINGS = {"unicode-escape", "raw-unicode-escape", "punycode"}
SAID = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
IN_PAGE = re.compile(
    rb"<meta\b[^<>]{0,500}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml\b[^<>]{0,100}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
PAGE_HEAD = 4096  # bytes; a page has to say it within the first 1024, and not all do
# What pages call by the first name is mostly text of its superset.
SUPERSETS = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932", "x-sjis": "cp932", "big5": "big5hkscs",
}  # fmt: skip
KNOWN = re.compile(r"iso-8859-\d{1,2}|windows-\d{3,4}|cp\d{3,4}|koi8-[ru]|euc-jp|iso-2022-jp|gb18030|macintosh")


def of_header(content_type: str) -> str:
    """The codec of a Content-Type's charset; "" where it names none, or none but UTF-8."""
    said = SAID.search(content_type)
    return _codec(said[1]) if said else ""


def of_page(content: bytes) -> str:
    """The codec that a page names in its `<meta charset>`; "" where it names none, or none but UTF-8."""
    said = IN_PAGE.search(content, 0, PAGE_HEAD)
    return _codec((said[1] or said[2]).decode()) if said else ""


def _codec(label: str) -> str:
    """Of a closed list: Python knows "encodings" that are none, and slow ones."""
    label = label.lower()
    if label in SUPERSETS:
        return SUPERSETS[label]
    if not KNOWN.fullmatch(label):
        return ""
    try:
        "".encode(label)
    except LookupError:  # one of a family that does not exist
        return ""
    return label


def is_known(name: str) -> bool:
    """Whether it names an encoding of texts that any bytes can be read in, some perhaps as �."""
    content = codecs.BOM_UTF32_LE + bytes(range(256))  # marked, without which UTF-16 and UTF-32 would not begin
    try:
        if codecs.lookup(name).name in NO_ENCODINGS:
            return False
        content.decode(name, "replace")
        codecs.getincrementaldecoder(name)("replace").decode(content)
    except (LookupError, ValueError, TypeError):
        return False
    return True
