"""Catalogues of translations, and what of the code belongs in them: read without gettext, which a machine may lack."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "claims" / "locale"
TEMPLATES = ROOT / "templates"
# The desk, and the page of the API, stay English.
ENGLISH = {"claims/api.html", "claims/components/api-address.html"}
PUBLIC = sorted(
    path for path in TEMPLATES.rglob("*.html")
    if (name := path.relative_to(TEMPLATES).as_posix()) not in ENGLISH and not name.startswith("admin/")
)  # fmt: skip
PYTHON = sorted(path for path in (ROOT / "claims").rglob("*.py") if "migrations" not in path.parts)

TRANSLATE = re.compile(
    r"""\{%-?\s*translate\s+(?P<quote>["'])(?P<text>.*?)(?P=quote)(?:\s+context\s+(["'])(?P<context>.*?)\3)?[^%]*%\}"""
)
CONSTANT = re.compile(r"""[=|:]_\("(?P<text>[^"]*)"\)""")
BLOCK = re.compile(
    r"""\{%\s*blocktranslate(?P<options>[^%]*)%\}(?P<text>.*?)(?:\{%\s*plural\s*%\}(?P<plural>.*?))?\{%\s*endblocktranslate\s*%\}""",
    re.DOTALL,
)
CALLS = {
    "_": 0, "gettext": 0, "gettext_lazy": 0, "pgettext": 1, "pgettext_lazy": 1, "ngettext": 0, "ngettext_lazy": 0
}  # fmt: skip

# Context ("" for none) and text.
Message = tuple[str, str]


@dataclass
class Entry:
    """One message of a catalogue."""

    context: str = ""
    text: str = ""
    plural: str = ""
    forms: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False


def read(path: Path) -> list[Entry]:
    """The entries of a .po file, the first of which is its header."""
    entries: list[Entry] = []
    for block in re.split(r"\n\n+", path.read_text(encoding="utf-8").strip()):
        entry = Entry(fuzzy=bool(re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE)))
        found = re.findall(r'^(msg\w+)(?:\[(\d)\])? ((?:"(?:[^"\\]|\\.)*"\s*)+)', block, re.MULTILINE)
        for keyword, number, literals in found:
            text = "".join(ast.literal_eval(literal) for literal in re.findall(r'"(?:[^"\\]|\\.)*"', literals))
            match keyword:
                case "msgctxt":
                    entry.context = text
                case "msgid":
                    entry.text = text
                case "msgid_plural":
                    entry.plural = text
                case "msgstr":
                    entry.forms[int(number or 0)] = text
        entries += [entry] if found else []
    return entries


def compiled(entries: list[Entry]) -> dict[object, str]:
    """What `gettext` makes of a .mo file compiled of them."""
    found: dict[object, str] = {}
    for entry in entries:
        key = f"{entry.context}\x04{entry.text}" if entry.context else entry.text
        for number, form in entry.forms.items():
            found[(key, number) if entry.plural else key] = form
    return found


def used() -> set[Message]:
    """Every message that templates and Python ask for."""
    found = {message for path in PUBLIC for message in _of_template(path.read_text(encoding="utf-8"))}
    return found | {message for path in PYTHON for message in _of_python(path.read_text(encoding="utf-8"))}


def _of_template(text: str) -> set[Message]:
    found = {(match["context"] or "", match["text"]) for match in TRANSLATE.finditer(text)}
    found |= {("", match["text"]) for match in CONSTANT.finditer(text)}
    for match in BLOCK.finditer(text):
        context = re.search(r'context "([^"]*)"', match["options"])
        found.add((context[1] if context else "", _block(match["text"])))
    return found


def _block(text: str) -> str:
    """As `trimmed` gives it, with variables as gettext has them."""
    lines = " ".join(line.strip() for line in text.strip().splitlines())
    return re.sub(r"\{\{ *(\w+) *\}\}", r"%(\1)s", lines.replace("%", "%%"))


def _of_python(source: str) -> set[Message]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    found = set()
    for call in calls:
        skipped = CALLS.get(call.func.id) if isinstance(call.func, ast.Name) else None
        texts = [node.value for node in call.args if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        if skipped is not None and len(texts) > skipped:
            found.add((texts[0] if skipped else "", texts[skipped]))
    return found
