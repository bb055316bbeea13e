"""The tools from npm that judge our pages, where tests/install-tools.sh has put them."""

import os
import shutil
from pathlib import Path

import pytest

MODULES = Path(__file__).resolve().parent / "node_modules"


def tool(path: str) -> Path:
    """The file `path` of an installed package. Without it the test is skipped; under CI it fails."""
    if not (MODULES / path).exists():
        _unavailable(f"{path} is not installed: run sh tests/install-tools.sh")
    return MODULES / path


def program(name: str) -> str:
    """The path of a program on the PATH. Without it the test is skipped; under CI it fails."""
    found = shutil.which(name)
    return found or _unavailable(f"{name} is not installed")


def _unavailable(reason: str) -> str:
    assert os.environ.get("CI") != "true", f"{reason}, and CI skips nothing."
    pytest.skip(reason)
