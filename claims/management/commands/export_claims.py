import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.domain import record
from claims.enums import RecordKind
from claims.exchange import exporting
from claims.management.progress import progress


class Command(BaseCommand):
    help = "Write everything public of one kind, or all editions, as NDJSON or CSV to a file or to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=exporting.FORMATS, default="ndjson", help="default: ndjson")
        parser.add_argument("--kind", choices=exporting.KINDS, default=RecordKind.CLAIM.value, help="default: claim")
        parser.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")
        parser.add_argument("--gzip", action="store_true", help="compress it")
        parser.add_argument(
            "--after", type=int, default=0, metavar="SEQUENCE", help="continue behind the line with this sequence"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kind, after = options["kind"], options["after"]
        if not 0 <= after < 2**63:
            raise CommandError(f"--after is {after}. Give the sequence of the last line that you have, or 0.")
        chunks = exporting.read(kind, after=after, until=record.head())
        if sys.stderr.isatty():
            chunks = progress(chunks, exporting.total(kind), sys.stderr)
        parts = exporting.written(kind, options["format"], chunks, header=not after)
        if options["gzip"]:
            parts = exporting.gzipped(parts)
        try:
            _save(parts, options["output"])
        except BrokenPipeError:  # the reader, such as `head`, has all it wants
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            name = options["output"] or "Standard output"
            raise CommandError(f"{name} cannot be written: {error.strerror}.") from error


def _save(parts: Iterable[bytes], output: Path | None) -> None:
    if output is None:
        for part in parts:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    # Under its own name only when it is whole.
    unfinished = output.with_name(f"{output.name}.part")
    try:
        with unfinished.open("wb") as file:
            file.writelines(parts)
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
