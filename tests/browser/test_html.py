"""The Nu HTML checker finds no error on any public page: https://validator.github.io/validator/"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.addresses import PUBLIC
from tests.browser.conftest import Sites
from tests.tools import program, tool

pytestmark = [pytest.mark.browser, pytest.mark.gate, pytest.mark.process, pytest.mark.xdist_group("browser")]

# The checker guesses a page's language by what most of it is written in, and claims may be in any.
GUESS = "This document appears to be written in"


@pytest.fixture(scope="module")
def pages(sites: Sites) -> dict[str, tuple[int, str, str]]:
    return {str(at): sites.get(at) for at in PUBLIC}


@pytest.fixture(scope="module")
def messages(pages: dict[str, tuple[int, str, str]], tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What the checker says of all pages, in one process: starting Java takes longer than reading them."""
    folder = tmp_path_factory.mktemp("pages")
    for name, (_, _, text) in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    command = [program("java"), "-jar", str(tool("vnu-jar/build/dist/vnu.jar")), "--format", "json", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    found: list[Any] = json.loads(result.stderr)["messages"]
    return found


def test_pages_answer_as_listed(pages: dict[str, tuple[int, str, str]]) -> None:
    found = {name: (status, kind) for name, (status, kind, _) in pages.items()}

    assert found == {str(at): (at.status, "text/html; charset=utf-8") for at in PUBLIC}


def test_pages_have_no_error(messages: list[Any]) -> None:
    assert list(_of(messages, "error")) == []


def test_pages_have_no_warning(messages: list[Any]) -> None:
    warnings = [warning for warning in _of(messages, "info") if GUESS not in warning]

    assert warnings == []


def _of(messages: list[Any], kind: str) -> Iterator[str]:
    for message in messages:
        if message["type"] == kind or (kind == "error" and message["type"] == "non-document-error"):
            yield f"{Path(message['url']).stem}: {message['message']} {message.get('extract', '')}"
