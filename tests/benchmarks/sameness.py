"""Checked before anything is timed: all contestants give the same, or their speeds could not be compared."""

import json
from typing import Any

from tests.benchmarks.errors import BenchmarkError
from tests.benchmarks.rows import Row
from tests.benchmarks.servers import BARE, DRF, Server


def require_same(row: Row, servers: dict[str, Server], paths: dict[str, list[str]], headers: dict[str, str]) -> None:
    """The bare function sends our bytes, and DRF the same claims. Raises BenchmarkError."""
    ours = [servers[row.ours].expect(path, row.status, headers).body for path in paths[row.ours]]
    for name in row.rivals:
        theirs = [servers[name].expect(path, row.status, headers).body for path in paths[name]]
        for path, our, their in zip(paths[row.ours], ours, theirs, strict=True):
            if name == BARE and our != their:
                raise BenchmarkError(f"The bare function does not send our bytes for {path}.")
            if name == DRF and claims_of(our) != claims_of(their):
                raise BenchmarkError(f"DRF does not give the same claims for {path}.")


def claims_of(body: bytes) -> list[dict[str, Any]]:
    """The claims of an answer, in our form or Google's or a single one, without what only the record knows of them."""
    found = json.loads(body)
    claims = found.get("results") or found.get("claims") or [found]
    return [{name: value for name, value in claim.items() if name != "edition"} for claim in claims]
