"""Verify a public record of editions without trusting the site that publishes it. Needs Python 3.11 and nothing else.

    python verify.py editions.ndjson          an export, also compressed (.gz); - reads standard input
    python verify.py https://facts.example    the site itself, through /api/v1/changes/
    python verify.py ... --expect DIGEST      and that the record still holds the edition whose digest you kept

Prints the last sequence and its digest: keep them. Exit status 1 and the first bad sequence when anything was
changed, left out or put in; 2 when it cannot be read.
"""

import argparse
import gzip
import hashlib
import json
import re
import sys
import time
from collections.abc import Iterable, Iterator
from http.client import HTTPException
from typing import Any, BinaryIO, NoReturn
from urllib.error import HTTPError
from urllib.request import urlopen

GENESIS = "0" * 64
CHANGES = "/api/v1/changes/"
PAGE = 1000
TIMEOUT = 60  # seconds
TRIES = 6
BUSY = {429, 503}


class BrokenError(Exception):
    """The record is not what was published."""


class UnreadableError(Exception):
    """There is no telling whether it is."""


def verify(editions: Iterable[Any], expect: str = "") -> tuple[int, str]:
    """The last sequence and its digest, once all editions from the first were found to continue each other."""
    sequence, digest, found = 0, GENESIS, expect in {"", GENESIS}
    for edition in editions:
        sequence += 1
        digest = check(edition, sequence, digest)
        found = found or digest == expect
    if not found:
        raise BrokenError(f"None of the {sequence} editions has the digest {expect}.")
    return sequence, digest


def check(edition: Any, sequence: int, previous_digest: str) -> str:
    """The digest of `edition`, which must be the one with this sequence."""
    if not isinstance(edition, dict):
        raise BrokenError(f"Sequence {sequence}: it is not the JSON of an edition.")
    if edition.get("sequence") != sequence:
        raise BrokenError(f"Sequence {sequence}: this edition is missing; sequence {edition.get('sequence')} is there.")
    if edition.get("previous_digest") != previous_digest:
        raise BrokenError(f"Sequence {sequence}: it does not continue the edition before it.")
    members = {name: value for name, value in edition.items() if name != "digest"}
    try:
        text = json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    except (ValueError, RecursionError):  # half of a surrogate pair; nested beyond all measure
        raise BrokenError(f"Sequence {sequence}: it is not the JSON of an edition.") from None
    digest = hashlib.sha256(text).hexdigest()
    if edition.get("digest") != digest:
        raise BrokenError(f"Sequence {sequence}: its digest does not match its content.")
    return digest


def from_lines(lines: Iterable[bytes]) -> Iterator[Any]:
    """What each line of NDJSON holds; None for a line that is no JSON."""
    for line in filter(bytes.strip, lines):
        try:
            yield json.loads(line, object_pairs_hook=without_repetition)
        except (ValueError, RecursionError):
            yield None


def without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of a member that stands there twice, two readers could see two values: neither is verified."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("A member is repeated.")
    return members


def from_file(name: str) -> Iterator[Any]:
    try:
        if name == "-":
            yield from from_lines(sys.stdin.buffer)
            return
        with open_file(name) as file:
            yield from from_lines(file)
    except (OSError, EOFError) as error:
        raise UnreadableError(f"{name} cannot be read: {error}.") from error


def open_file(name: str) -> BinaryIO | gzip.GzipFile:
    return gzip.open(name, "rb") if name.endswith(".gz") else open(name, "rb")


def from_site(address: str) -> Iterator[Any]:
    """The editions of a site, page after page, up to the head that it says it has."""
    base = f"{address.partition('/api/')[0].rstrip('/')}{CHANGES}"
    last, more = 0, True
    while more:
        page = fetch(f"{base}?after={last}&limit={PAGE}")
        yield from page["results"]
        last += len(page["results"])
        more = bool(page["next"] and page["results"])
    if page["head"] != last:
        yield None  # the site has more editions than it gives


def fetch(address: str) -> dict[str, Any]:
    for turn in range(1, TRIES + 1):
        try:
            with urlopen(address, timeout=TIMEOUT) as answer:  # noqa: S310  (main lets only http and https in)
                page = json.loads(answer.read(), object_pairs_hook=without_repetition)
        except HTTPError as error:
            if error.code not in BUSY or turn == TRIES:
                raise UnreadableError(f"{address} answers {error.code} {error.reason}.") from error
            wait = error.headers.get("Retry-After", "")
            time.sleep(min(int(wait), TIMEOUT) if wait.isdecimal() else turn)
        except (OSError, HTTPException, ValueError, RecursionError) as error:
            raise UnreadableError(f"{address} cannot be read: {error}.") from error
        else:
            return require_page(page, address)
    raise AssertionError


def require_page(page: Any, address: str) -> dict[str, Any]:
    names = {"results", "next", "head"}
    if isinstance(page, dict) and names <= page.keys() and isinstance(page["results"], list):
        return page
    raise UnreadableError(f"{address} does not answer as a list of changes.")


def main() -> NoReturn:
    parser = argparse.ArgumentParser(description="Verify a public record of editions.")
    parser.add_argument("source", metavar="FILE|ADDRESS", help="editions as NDJSON, or the address of a site")
    parser.add_argument("--expect", metavar="DIGEST", default="", help="a digest kept from earlier")
    given = parser.parse_args()
    expect = given.expect.lower()
    if expect and not re.fullmatch(r"[0-9a-f]{64}", expect):
        parser.error("--expect: a digest has 64 hexadecimal digits.")
    read = from_site if re.match(r"https?://", given.source) else from_file
    try:
        sequence, digest = verify(read(given.source), expect)
    except BrokenError as error:
        sys.stderr.write(f"The record is broken. {error}\n")
        sys.exit(1)
    except UnreadableError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    sys.stdout.write(f"The record is whole. Last sequence: {sequence}\nDigest: {digest}\n")
    sys.exit(0)


if __name__ == "__main__":
    main()
