"""Publish in a process of its own: `python -m tests.processes.publish CHANGE NAME COUNT`.

Prints `SEQUENCE DIGEST` for each edition that was asked for, once its transaction has been committed.
"""

import sys
from collections.abc import Callable
from itertools import count

import django

django.setup()

from claims.domain import publishing, record  # noqa: E402
from claims.models import Claim, Edition, Speaker  # noqa: E402


def update_claims(name: str, turn: int) -> Edition | None:
    """In turn a claim of this process alone, and one that others change at the same time."""
    slug = "shared" if turn % 2 else name
    with record.writing():
        claim = Claim.objects.get(slug=slug)
        claim.text = f"{name} says so for the {turn}th time."
        claim.save()
        return publishing.publish(claim, by=name)


def rename_speaker(name: str, turn: int) -> Edition | None:
    """Four editions at once: the speaker's, and one for each of three claims that show the name."""
    speaker = Speaker.objects.get(slug=name)
    speaker.name = f"Renamed {turn}"
    speaker.save()
    return publishing.publish(speaker, by=name)


CHANGES: dict[str, Callable[[str, int], Edition | None]] = {"update": update_claims, "rename": rename_speaker}


def main(change: str, name: str, turns: str) -> None:
    first = record.head()  # a process that follows a killed one must not repeat its last change
    for turn in range(first, first + int(turns)) if int(turns) else count(first):
        edition = CHANGES[change](name, turn)
        assert edition is not None, f"Nothing was published in turn {turn}."
        print(edition.sequence, edition.digest, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
