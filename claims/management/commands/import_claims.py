import csv
import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from django.core.management.base import BaseCommand, CommandError

from claims.domain import import_runs, mirroring
from claims.domain.errors import ImportRefusedError
from claims.exchange import bytes_in, fetching, importing, mapping
from claims.exchange.import_files import Asked, import_file
from claims.management.progress import bar
from claims.models import ImportRun


class Command(BaseCommand):
    help = (
        "Import what other publishers found, from a file, an address or standard input, or mirror the editions of "
        "another site. Importing the same again changes nothing; what was interrupted is gone on with."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="FILE|ADDRESS|-", help="may be compressed by gzip")
        parser.add_argument("--format", choices=importing.FORMATS, default=importing.AUTO, help="default: auto")
        parser.add_argument("--mapping", type=Path, metavar="FILE", help="which column is what, as TOML")
        parser.add_argument("--dry-run", action="store_true", help="report what would be done, and change nothing")
        parser.add_argument("--publish", action="store_true", help="publish the imported claims")
        parser.add_argument("--restart", action="store_true", help="begin with the first row, whatever was done before")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write all findings as CSV")
        parser.add_argument("--by", default="import", metavar="NAME", help="who is said to have done it (import)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with opened(options["source"]) as (file, name):
                form = options["format"]
                if form == importing.AUTO:
                    form = importing.detected(file, name)
                if form == importing.EDITIONS:
                    self._mirror(file, dry_run=options["dry_run"])
                else:
                    self._import(file, name, form, options)
        except ImportRefusedError as error:
            raise CommandError(str(error)) from error
        except BrokenPipeError:  # the reader of the report, such as `head`, has all it wants; the import is done
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            raise CommandError(f"{error.filename or options['source']} cannot be used: {error.strerror}.") from error

    def _import(self, file: BinaryIO, name: str, form: str, options: dict[str, Any]) -> None:
        asked = Asked(
            name=name,
            form=form,
            by=options["by"],
            mapping=mapping.read(options["mapping"].read_bytes()) if options["mapping"] else "",
            base=name if fetching.is_address(name) else "",
            publish=options["publish"],
            restart=options["restart"],
        )
        # Opened before anything is imported: it may be that it cannot be written.
        report_file = _report_file(options["report"], options["source"])
        with report_file as report, import_runs.rehearsal() if options["dry_run"] else ExitStack():
            run = import_file(file, asked, passed=self._progress(file))
            if report:
                _write(report, run)
            self._tell(run, form, dry_run=options["dry_run"])

    def _tell(self, run: ImportRun, form: str, *, dry_run: bool) -> None:
        _end_progress()
        if dry_run:
            self.stdout.write("Dry run: nothing was changed. This would be done:")
        self.stdout.write(f"Read as {form}.")
        for line in import_runs.report(run):
            self.stdout.write(line)

    def _mirror(self, file: BinaryIO, *, dry_run: bool) -> None:
        lines = (line.text for line in bytes_in.lines(file))
        with import_runs.rehearsal() if dry_run else ExitStack():
            mirrored = mirroring.mirror(lines, passed=self._progress(file))
        _end_progress()
        done = "Dry run: nothing was changed. It would be" if dry_run else "The record was"
        self.stdout.write(
            f"{done} mirrored up to sequence {mirrored.head}: {mirrored.added:,} editions added, "
            f"{mirrored.known:,} were there already."
        )

    def _progress(self, file: BinaryIO) -> Any:
        """How much of the file has been read, drawn on a terminal."""
        if not sys.stderr.isatty():
            return lambda: None
        size = max(1, file.seek(0, 2))

        def draw() -> None:
            sys.stderr.write(f"\r{bar(min(file.tell(), size), size)} bytes")
            sys.stderr.flush()

        return draw


def _end_progress() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\n")


def _report_file(path: Path | None, source: str) -> AbstractContextManager[TextIO | None]:
    if path and path.exists() and Path(source).exists() and path.samefile(source):
        raise CommandError(f"{path} is what is to be imported: its report needs a file of its own.")
    return path.open("w", encoding="utf-8", newline="") if path else nullcontext()


def _write(report: TextIO, run: ImportRun) -> None:
    writer = csv.writer(report)
    try:
        writer.writerow(import_runs.COLUMNS)
        writer.writerows(import_runs.findings_of(run))
        report.flush()
    except OSError as error:
        with suppress(OSError):  # it would try to write the rest once more
            report.close()
        raise CommandError(
            f"The report cannot be written: {error.strerror}. What was imported stays; the desk has its report."
        ) from error


@contextmanager
def opened(source: str) -> Iterator[tuple[BinaryIO, str]]:
    """A file that can be read twice, once to know it again, once to import it; and its name or address."""
    if fetching.is_address(source):
        with fetching.fetched(source) as found:
            yield found.file, found.address
    elif source == "-":
        with tempfile.TemporaryFile() as file:
            for part in iter(lambda: sys.stdin.buffer.read(2**20), b""):
                file.write(part)
            yield file, source
    else:
        with Path(source).open("rb") as file:
            yield file, Path(source).name
