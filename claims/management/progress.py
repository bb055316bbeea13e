from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

T = TypeVar("T")

WIDTH = 30


def progress(chunks: Iterable[list[T]], total: int, terminal: TextIO) -> Iterator[list[T]]:
    """The chunks themselves; on the way a bar that shows how many of `total` items have passed."""
    done = 0
    for chunk in chunks:
        yield chunk
        done += len(chunk)
        total = max(total, done)  # more may have been published since they were counted
        terminal.write(f"\r{bar(done, total)}")
        terminal.flush()
    terminal.write("\n" if done else "")


def bar(done: int, total: int) -> str:
    filled = "#" * (WIDTH * done // total)
    return f"[{filled:.<{WIDTH}}] {100 * done // total:3d}% {done:,} of {total:,}"
