"""`docs/verify.py`, run as a partner would: a program of its own, on files and on answers of a site."""

import gzip
import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from claims.domain import record
from claims.models import Edition
from claims.models.record import GENESIS
from tests.histories import eventful

VERIFIER = Path(__file__).resolve().parent.parent / "docs" / "verify.py"
BAD = 7  # the sequence that is tampered with


@pytest.fixture
def lines(db: None) -> list[str]:
    """The record as the export gives it."""
    eventful()
    return [record.envelope(edition) for edition in Edition.objects.order_by("sequence")]


def _run(*arguments: object, given: str = "") -> tuple[int, str]:
    """Exit status, and what was printed. Isolated: nothing but the standard library is there."""
    command = [sys.executable, "-I", "-S", str(VERIFIER), *map(str, arguments)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def _verified(folder: Path, lines: list[str], *options: str) -> tuple[int, str]:
    file = folder / "editions.ndjson"
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return _run(file, *options)


def _whole(lines: list[str]) -> tuple[int, str]:
    digest = json.loads(lines[-1])["digest"] if lines else GENESIS
    return 0, f"The record is whole. Last sequence: {len(lines)}\nDigest: {digest}\n"


def _broken(reason: str) -> tuple[int, str]:
    return 1, f"The record is broken. {reason}\n"


def _sealed(edition: dict[str, Any]) -> str:
    """The edition with the digest that belongs to its content."""
    members = {name: value for name, value in edition.items() if name != "digest"}
    text = json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return json.dumps(members | {"digest": hashlib.sha256(text.encode()).hexdigest()}, ensure_ascii=False)


def test_file_that_is_whole(tmp_path: Path, lines: list[str]) -> None:
    assert _verified(tmp_path, lines) == _whole(lines)


def test_file_without_editions(tmp_path: Path) -> None:
    assert _verified(tmp_path, []) == _whole([])


def test_file_that_is_compressed(tmp_path: Path, lines: list[str]) -> None:
    file = tmp_path / "editions.ndjson.gz"
    file.write_bytes(gzip.compress("\n".join(lines).encode()))

    assert _run(file) == _whole(lines)


def test_standard_input(lines: list[str]) -> None:
    assert _run("-", given="\n".join(lines)) == _whole(lines)


@pytest.mark.parametrize("at", [1, 5, -1])
def test_digest_kept_from_earlier(tmp_path: Path, lines: list[str], at: int) -> None:
    kept = json.loads(lines[at])["digest"]

    assert _verified(tmp_path, lines, "--expect", kept.upper()) == _whole(lines)


def test_digest_that_no_edition_has_any_more(tmp_path: Path, lines: list[str]) -> None:
    """Everything from one edition on was written anew, in a chain that is right in itself."""
    kept, rewritten, previous = json.loads(lines[-1])["digest"], lines[: BAD - 1], json.loads(lines[BAD - 1])
    for line in lines[BAD - 1 :]:
        edition = json.loads(line) | {"note": "We never said so.", "previous_digest": previous["previous_digest"]}
        rewritten.append(_sealed(edition))
        previous = {"previous_digest": json.loads(rewritten[-1])["digest"]}

    assert _verified(tmp_path, rewritten) == _whole(rewritten)
    assert _verified(tmp_path, rewritten, "--expect", kept) == _broken(
        f"None of the {len(lines)} editions has the digest {kept}."
    )


def _changed(line: str, **members: Any) -> str:
    return json.dumps(json.loads(line) | members, ensure_ascii=False)


CONTENT = f"Sequence {BAD}: its digest does not match its content."
NO_EDITION = f"Sequence {BAD}: it is not the JSON of an edition."


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"note": "Other."}, CONTENT),
        ({"document": {}}, CONTENT),
        ({"published_at": "2001-01-01T00:00:00.000000Z"}, CONTENT),
        ({"digest": "0" * 64}, CONTENT),
        ({"digest": None}, CONTENT),
        ({"added": 1}, CONTENT),
        ({"note": float("nan")}, CONTENT),
        ({"previous_digest": "0" * 64}, f"Sequence {BAD}: it does not continue the edition before it."),
        ({"sequence": 8}, f"Sequence {BAD}: this edition is missing; sequence 8 is there."),
        ({"sequence": None}, f"Sequence {BAD}: this edition is missing; sequence None is there."),
    ],
)
def test_member_that_was_changed(tmp_path: Path, lines: list[str], members: dict[str, Any], reason: str) -> None:
    lines[BAD - 1] = _changed(lines[BAD - 1], **members)

    assert _verified(tmp_path, lines) == _broken(reason)


@pytest.mark.parametrize(
    "line", ["{", "[]", "null", "1", "\x00", '{"note":1,"note":1}', "[" * 100_000, '{"a":' * 100_000]
)
def test_line_that_is_no_edition(tmp_path: Path, lines: list[str], line: str) -> None:
    lines[BAD - 1] = line

    assert _verified(tmp_path, lines) == _broken(NO_EDITION)


def test_half_of_a_surrogate_pair(tmp_path: Path, lines: list[str]) -> None:
    lines[BAD - 1] = lines[BAD - 1].replace('"note":"', '"note":"\\ud800')

    assert _verified(tmp_path, lines) == _broken(NO_EDITION)


def test_member_that_is_there_twice(tmp_path: Path, lines: list[str]) -> None:
    """The last one is right, and a reader that takes the first sees another."""
    lines[BAD - 1] = lines[BAD - 1].replace('"note":', '"note":"Other.","note":')

    assert _verified(tmp_path, lines) == _broken(NO_EDITION)


def test_edition_that_was_left_out_put_in_or_moved(tmp_path: Path, lines: list[str]) -> None:
    left_out = lines[: BAD - 1] + lines[BAD:]
    put_in = lines[:BAD] + lines[BAD - 1 :]
    moved = [*lines[: BAD - 1], lines[BAD], lines[BAD - 1], *lines[BAD + 1 :]]

    assert _verified(tmp_path, left_out) == _broken(f"Sequence {BAD}: this edition is missing; sequence 8 is there.")
    assert _verified(tmp_path, put_in) == _broken("Sequence 8: this edition is missing; sequence 7 is there.")
    assert _verified(tmp_path, moved) == _broken(f"Sequence {BAD}: this edition is missing; sequence 8 is there.")


def test_file_that_is_cut_off(tmp_path: Path, lines: list[str]) -> None:
    lines[BAD - 1] = lines[BAD - 1][:100]

    assert _verified(tmp_path, lines[:BAD]) == _broken(NO_EDITION)


def test_file_that_is_not_there(tmp_path: Path) -> None:
    status, output = _run(tmp_path / "none")

    assert (status, output[:30]) == (2, f"{tmp_path / 'none'} cannot be read"[:30])


def test_compressed_file_that_is_cut_off(tmp_path: Path, lines: list[str]) -> None:
    file = tmp_path / "editions.ndjson.gz"
    file.write_bytes(gzip.compress("\n".join(lines).encode())[:-100])

    assert _run(file)[0] == 2


@pytest.mark.parametrize("digest", ["x", "0" * 63, "g" * 64])
def test_digest_that_is_none(tmp_path: Path, digest: str) -> None:
    status, output = _verified(tmp_path, [], "--expect", digest)

    assert (status, output.splitlines()[-1]) == (2, "verify.py: error: --expect: a digest has 64 hexadecimal digits.")


@contextmanager
def _answering(*answers: tuple[int, bytes]) -> Iterator[str]:
    """A site that gives these answers in turn, whatever it is asked."""
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = left.pop(0)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Retry-After", "0")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _page(lines: list[str], *, head: int, more: bool = False) -> bytes:
    members = {"next": "https://elsewhere.example/" if more else None, "previous": None, "head": head}
    return json.dumps(members | {"results": [json.loads(line) for line in lines]}).encode()


def test_site_in_several_pages_that_is_busy_at_first(lines: list[str]) -> None:
    pages = [(200, _page(lines[:5], head=len(lines), more=True)), (200, _page(lines[5:], head=len(lines)))]

    with _answering((429, b""), (503, b""), *pages) as address:
        assert _run(f"{address}/") == _whole(lines)


@pytest.mark.parametrize("more", [True, False])
def test_site_that_keeps_its_newest_editions_back(lines: list[str], more: bool) -> None:
    pages = [(200, _page(lines[: BAD - 1], head=len(lines), more=more)), (200, _page([], head=len(lines), more=more))]

    with _answering(*pages) as address:
        assert _run(f"{address}/api/v1/changes/") == _broken(NO_EDITION)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (404, b"", "answers 404 Not Found."),
        (200, b"<html>", "cannot be read: Expecting value: line 1 column 1 (char 0)."),
        (200, b"[]", "does not answer as a list of changes."),
        (200, b'{"results":1,"next":null,"head":1}', "does not answer as a list of changes."),
    ],
)
def test_site_that_does_not_give_its_changes(status: int, body: bytes, reason: str) -> None:
    with _answering((status, body)) as address:
        expected = f"{address}/api/v1/changes/?after=0&limit=1000 {reason}\n"
        assert _run(address) == (2, expected)


@pytest.mark.parametrize("address", ["http://[", "http://127.0.0.1:1/", "http://127.0.0.1:x/", "https://a b/"])
def test_address_that_cannot_be_reached(address: str) -> None:
    status, output = _run(address)

    assert (status, "Traceback" in output) == (2, False)
