import csv
import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.domain import demo, import_runs, importing, record
from claims.domain.incoming import Incoming
from claims.exchange import exporting
from claims.models import Claim, Edition, ExternalReview, ImportRun
from tests.histories import emptied

DATABASE = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
MAPPING = (
    '[fields]\ntext = "claim"\nrating = "verdict"\nreviewed_on = "on"\n[constants]\npublisher = "P"\nlanguage = "en"\n'
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "mapping.toml").write_text(MAPPING)
    path = tmp_path / "table.csv"
    path.write_text("claim,verdict,on\nIt is so.,False,1-5-2020\n,True,2020\n", encoding="utf-8")
    return path


def _run(source: object, **options: object) -> str:
    out = StringIO()
    call_command("import_claims", str(source), stdout=out, **options)
    return out.getvalue()


@DATABASE
def test_import_of_a_table_with_its_report(table: Path, tmp_path: Path) -> None:
    text = _run(table, mapping=tmp_path / "mapping.toml", report=tmp_path / "report.csv", by="ed")

    assert [review.rating for review in ExternalReview.objects.all()] == ["False"]
    assert text.splitlines()[:3] == ["Read as csv.", f"{'Rows':18} {2:>9}", f"{'Rows refused':18} {1:>9}"]
    assert "  REFUSED claim: No claim is given. (1 ×, first in row 2)" in text.splitlines()
    report = list(csv.reader((tmp_path / "report.csv").read_text(encoding="utf-8").splitlines()))
    assert report == [
        list(import_runs.COLUMNS),
        ["1", "on", "1-5-2020", "Day, month and year cannot be told apart.", "2020", "False"],
        ["2", "claim", "", "No claim is given.", "", "True"],
    ]
    run = ImportRun.objects.get()
    assert (run.name, run.form, run.started_by, run.finished_at is not None) == ("table.csv", "csv", "ed", True)


class Closed(StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError


@DATABASE
def test_report_is_written_though_nobody_reads_the_output(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "report.csv"
    with (tmp_path / "out").open("w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        call_command("import_claims", str(table), mapping=tmp_path / "mapping.toml", report=report, stdout=Closed())

    assert Claim.objects.count() == 1
    assert len(report.read_text(encoding="utf-8").splitlines()) == 3


@DATABASE
@pytest.mark.parametrize(
    ("report", "message"),
    [
        ("no/such/report.csv", "report.csv cannot be used: No such file or directory"),
        (".", "cannot be used: Is a directory"),
        ("table.csv", "is what is to be imported"),
    ],
)
def test_report_that_cannot_be_written_is_said_before_the_import(
    table: Path, tmp_path: Path, report: str, message: str
) -> None:
    content = table.read_bytes()

    with pytest.raises(CommandError, match=message):
        _run(table, mapping=tmp_path / "mapping.toml", report=tmp_path / report)

    assert (Claim.objects.count(), ImportRun.objects.count(), table.read_bytes()) == (0, 0, content)


@DATABASE
def test_report_that_cannot_be_finished_is_said(table: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="The report cannot be written: No space left"):
        _run(table, mapping=tmp_path / "mapping.toml", report=Path("/dev/full"))

    assert Claim.objects.count() == 1


@DATABASE
def test_dry_run_gives_the_same_report_and_changes_nothing(table: Path, tmp_path: Path) -> None:
    dry = _run(table, mapping=tmp_path / "mapping.toml", dry_run=True, publish=True)
    left = (Claim.objects.count(), ImportRun.objects.count(), record.head())
    real = _run(table, mapping=tmp_path / "mapping.toml", publish=True)

    assert dry == f"Dry run: nothing was changed. This would be done:\n{real}"
    assert (left, Claim.objects.count(), Edition.objects.filter(kind="claim").count()) == ((0, 0, 0), 1, 1)


@DATABASE
def test_import_from_standard_input(table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(gzip.compress(table.read_bytes()))))

    _run("-", mapping=tmp_path / "mapping.toml")

    assert Claim.objects.count() == 1


@DATABASE
def test_import_from_an_address_of_a_private_network_is_refused() -> None:
    with pytest.raises(CommandError, match=r"http://127.0.0.1:1/ could not be fetched."):
        _run("http://127.0.0.1:1/")


@DATABASE
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.csv", None, "none.csv cannot be used: No such file"),
        ("mapping.toml", b"text\nSo.\n", "The mapping is not TOML"),
        ("x.gz", b"\x1f\x8b\x08", "The file is compressed and damaged"),
        ("x.csv", b"a,b\n1,2\n", "Say which column is what by a mapping"),
        ("mapping.toml", b"text = '\xe9'\n", "The mapping is not UTF-8"),
        ("x.xlsx", b"PK\x03\x04\x14\x00", "It is a ZIP archive, or a spreadsheet"),
        ("x.json", b"", "It is empty"),
        ("claims.csv", b"sequence,id,slug,text,edition,digest\n", "This is an export of this software"),
    ],
)
def test_what_cannot_be_imported(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    mapping = path if name == "mapping.toml" else None

    with pytest.raises(CommandError, match=message):
        _run(path, mapping=mapping)


@DATABASE
def test_interrupted_import_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.exchange.import_files.BATCH", 2)
    path = tmp_path / "x.csv"
    path.write_text("text\n" + "".join(f"Claim {number}.\n" for number in range(5)))
    original = importing.import_rows

    def interrupted(run: ImportRun, rows: list[Incoming]) -> None:
        if rows[0].row == 3:
            raise KeyboardInterrupt
        original(run, rows)

    with monkeypatch.context() as patched:
        patched.setattr("claims.exchange.import_files.import_rows", interrupted)
        with pytest.raises(KeyboardInterrupt):
            _run(path)
    half = ImportRun.objects.get()
    _run(path)

    run = ImportRun.objects.get()
    assert (half.rows, half.finished_at) == (2, None)
    assert (run.pk, run.rows, run.claims_created, run.claims_matched) == (half.pk, 5, 5, 0)


@DATABASE
def test_restart_begins_with_the_first_row(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("text\nSo.\n")
    _run(path)
    ImportRun.objects.update(finished_at=None)

    _run(path, restart=True)

    assert [(run.rows, run.claims_matched) for run in ImportRun.objects.order_by("pk")] == [(1, 0), (1, 1)]


@DATABASE
@pytest.mark.parametrize("form", ["json", "gz"])
def test_file_that_was_cut_and_then_the_whole_one(tmp_path: Path, form: str) -> None:
    reviews = [
        {"claimReviewed": f"Claim {number}.", "author": "P", "reviewRating": "False", "inLanguage": "en"}
        for number in range(20)
    ]
    whole = json.dumps(reviews).encode()
    whole = gzip.compress(whole, 0) if form == "gz" else whole
    cut, path = tmp_path / "cut", tmp_path / "whole"
    cut.write_bytes(whole[:-150])
    path.write_bytes(whole)

    first = _run(cut)
    before = Claim.objects.count()
    _run(path)

    assert (before, Claim.objects.count(), ExternalReview.objects.count()) == (18, 20, 20)
    assert first.splitlines()[1:3] == [f"{'Rows':18} {19:>9}", f"{'Rows refused':18} {1:>9}"]


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@DATABASE
def test_progress_is_drawn_on_a_terminal(table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    _run(table, mapping=tmp_path / "mapping.toml")

    size = table.stat().st_size
    assert terminal.getvalue() == f"\r[{'#' * 30}] 100% {size} of {size} bytes\n"


@DATABASE
def test_export_of_editions_into_an_empty_site(tmp_path: Path) -> None:
    """Both commands, with the record in between emptied as only a test may."""
    demo.load()
    path = tmp_path / "editions.ndjson.gz"
    call_command("export_claims", kind="edition", gzip=True, output=path)
    exported = b"".join(exporting.written("claim", "ndjson", exporting.read("claim", until=record.head())))
    head = record.head()
    emptied()

    dry, text, again = _run(path, dry_run=True), _run(path), _run(path)

    assert dry.startswith(f"Dry run: nothing was changed. It would be mirrored up to sequence {head}")
    assert text == f"The record was mirrored up to sequence {head}: {head} editions added, 0 were there already.\n"
    assert again == f"The record was mirrored up to sequence {head}: 0 editions added, {head} were there already.\n"
    assert b"".join(exporting.written("claim", "ndjson", exporting.read("claim", until=record.head()))) == exported


@pytest.mark.process
def test_killed_import_is_gone_on_with(tmp_path: Path) -> None:
    """A process is killed in the middle of a file: what it committed stays, whole, and the next one does the rest."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "SECRET_KEY": "x",
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
    }
    path = tmp_path / "x.csv"
    count = 20_000
    path.write_text("text,rating,publisher\n" + "".join(f"Claim {n} is so.,False,P\n" for n in range(count)))
    command = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*command, "migrate", "-v0"], env=environment, check=True)

    with subprocess.Popen(
        [*command, "import_claims", str(path)], env=environment, stdout=subprocess.DEVNULL
    ) as process:
        while _count(tmp_path, "claims_claim") == 0:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    half = _count(tmp_path, "claims_claim")
    subprocess.run([*command, "import_claims", str(path)], env=environment, check=True, stdout=subprocess.DEVNULL)

    assert 0 < half < count
    assert half % importing.BATCH == 0
    assert [_count(tmp_path, f"claims_{name}") for name in ("claim", "externalreview", "importrun")] == [
        count,
        count,
        1,
    ]


def _count(folder: Path, table: str) -> int:
    with sqlite3.connect(folder / "db.sqlite3", timeout=30) as database:
        (count,) = database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
    database.close()
    return int(count)
