"""The limits on size that keep the code readable."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(path for top in ("factcheck", "claims", "tests") for path in (ROOT / top).rglob("*.py"))
# Migrations are written by a machine and read by one.
WRITTEN = [path for path in FILES if "migrations" not in path.parts]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_is_within_the_limits(path: Path) -> None:
    text = path.read_text()
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    long_functions = [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= 50]

    assert (len(text.splitlines()) <= 400, long_functions) == (True, [])


def test_files_are_short_in_the_middle() -> None:
    lengths = sorted(length for path in WRITTEN if (length := len(path.read_text().splitlines())))

    assert lengths[len(lengths) // 2] <= 80
