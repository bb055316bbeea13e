"""Follow the record in a process of its own: `python -m tests.processes.follow LAST`.

Polls the head until it is LAST. Whenever it has moved on to n, all n editions must be there. Prints how often it moved.
"""

import sys
import time

import django

django.setup()

from claims.domain import record  # noqa: E402
from claims.models import Edition  # noqa: E402


def main(last: int) -> None:
    seen = moved = 0
    deadline = time.monotonic() + 120
    while seen < last:
        assert time.monotonic() < deadline, f"The head is still {seen}."
        head = record.head()
        if head > seen:
            there = Edition.objects.filter(sequence__gt=seen, sequence__lte=head).count()
            assert there == head - seen, f"Of the editions from {seen} to {head} only {there} are there."
            seen, moved = head, moved + 1
        time.sleep(0.002)
    print(moved)


if __name__ == "__main__":
    main(int(sys.argv[1]))
