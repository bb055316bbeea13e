"""Count the queries of one answer: `python -m tests.benchmarks.queries`, with paths and headers on standard input.

Prints the greatest number among the paths. A first answer opens the connection or fills the cache of pages, and is
not counted.
"""

import json
import sys

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402


def count(paths: list[str], headers: dict[str, str]) -> int:
    client = Client(headers=headers, SERVER_NAME="127.0.0.1")
    found = []
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        found.append(len(captured))
    return max(found)


if __name__ == "__main__":
    given = json.load(sys.stdin)
    print(count(given["paths"], given["headers"]))
