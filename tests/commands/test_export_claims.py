import csv
import gzip
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from claims.domain import publishing
from claims.exchange import exporting
from claims.management.progress import bar, progress
from claims.models import Claim, Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(claim: Claim) -> Edition:
    edition = publishing.publish(claim, by="ed")
    assert edition is not None
    return edition


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def _expected(kind: str, form: str) -> bytes:
    chunks = exporting.read(kind, until=Edition.objects.count())
    return b"".join(exporting.written(kind, form, chunks))


def test_export_to_standard_output(published: Edition, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    call_command("export_claims")

    assert capfdbinary.readouterr() == (_expected("claim", "ndjson"), b"")


@pytest.mark.parametrize("kind", exporting.KINDS)
@pytest.mark.parametrize("form", exporting.FORMATS)
def test_export_of_every_kind(published: Edition, tmp_path: Path, kind: str, form: str) -> None:
    call_command("export_claims", kind=kind, format=form, output=tmp_path / "out")
    call_command("export_claims", kind=kind, format=form, output=tmp_path / "out.gz", gzip=True)

    assert (tmp_path / "out").read_bytes() == _expected(kind, form)
    assert gzip.decompress((tmp_path / "out.gz").read_bytes()) == _expected(kind, form)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out.gz"]


def test_export_after_a_line(published: Edition, tmp_path: Path) -> None:
    call_command("export_claims", kind="edition", format="csv", after=1, output=tmp_path / "out.csv")

    rows = list(csv.reader((tmp_path / "out.csv").read_text().splitlines()))
    assert [row[:2] for row in rows] == [["2", "claim"]]


@pytest.mark.parametrize("after", [-1, 2**63])
def test_export_after_what_cannot_be(after: int) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("export_claims", after=after)

    assert str(caught.value) == f"--after is {after}. Give the sequence of the last line that you have, or 0."


def test_export_into_a_folder_that_is_not_there(published: Edition, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("export_claims", output=tmp_path / "none" / "out")

    assert str(caught.value) == f"{tmp_path / 'none' / 'out'} cannot be written: No such file or directory."


def test_export_that_fails_leaves_what_was_there(published: Edition, tmp_path: Path) -> None:
    def fail(execute: Any, sql: str, *rest: Any) -> Any:
        if "claims_publishedclaim" in sql:
            raise DatabaseError("The server is gone.")
        return execute(sql, *rest)

    (tmp_path / "out").write_text("earlier")

    with connection.execute_wrapper(fail), pytest.raises(DatabaseError):
        call_command("export_claims", output=tmp_path / "out")

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("out", "earlier")]


def test_export_shows_its_progress_on_a_terminal(
    published: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    call_command("export_claims", output=tmp_path / "out")

    assert terminal.getvalue() == f"\r[{'#' * 30}] 100% 1 of 1\n"


def test_progress_passes_everything_on() -> None:
    terminal = StringIO()

    chunks = list(progress([["a", "b"], ["c"], ["d"]], 3, terminal))

    assert chunks == [["a", "b"], ["c"], ["d"]]
    assert terminal.getvalue() == "".join(f"\r{bar(*at)}" for at in [(2, 3), (3, 3), (4, 4)]) + "\n"
    assert bar(1, 3) == f"[{'#' * 10}{'.' * 20}]  33% 1 of 3"


def test_progress_of_nothing() -> None:
    terminal = StringIO()

    assert (list(progress([], 0, terminal)), terminal.getvalue()) == ([], "")
