"""Publish what the other processes change, and print the head: `python -m tests.processes.prepare`."""

import django

django.setup()

from claims.domain import publishing, record  # noqa: E402
from tests import factories  # noqa: E402


def main() -> None:
    speaker = factories.SpeakerFactory.create(slug="renamed")
    claims = [factories.ClaimFactory.create(speaker=speaker, slug=slug) for slug in ("one", "other", "shared")]
    publishing.publish_all(claims, by="ed")
    print(record.head())


if __name__ == "__main__":
    main()
