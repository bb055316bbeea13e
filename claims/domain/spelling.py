"""Mistyped names: which word of a public speaker's name is near enough to one that occurs nowhere."""

from collections.abc import Collection, Iterable

MOST_CANDIDATES = 3
SHORT_WORD = 5  # up to it, one letter may be wrong; beyond it, two


def nearest(word: str, names: Iterable[Collection[str]], written: Collection[str]) -> list[str]:
    """Words of names that `word` may have been meant to be, the nearest ones only, or none if it is such a word itself.

    A name that has other words of the query, too, goes before one that has none: of six people called Kim, the one
    whose other names were written.
    """
    allowed = 1 if len(word) <= SHORT_WORD else 2
    best: dict[str, tuple[int, int]] = {}
    for name in names:
        if word in name:
            return []
        shared = len((set(written) - {word}) & set(name))
        for candidate in name:
            if candidate in written or candidate[0] != word[0]:
                continue
            far = distance(word, candidate, allowed)
            if far <= allowed:
                best[candidate] = min(best.get(candidate, (0, far)), (-shared, far))
    nearest_of_all = min(best.values(), default=None)
    return sorted(candidate for candidate, rank in best.items() if rank == nearest_of_all)[:MOST_CANDIDATES]


def distance(one: str, other: str, allowed: int) -> int:
    """Letters added, left out, changed or swapped between two words; more than `allowed` counts as `allowed` + 1."""
    if abs(len(one) - len(other)) > allowed:
        return allowed + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for down, letter in enumerate(one, start=1):
        last, row, earlier = row, [down], before
        for across, opposite in enumerate(other, start=1):
            cost = min(last[across] + 1, row[-1] + 1, last[across - 1] + (letter != opposite))
            swapped = down > 1 < across and letter == other[across - 2] and one[down - 2] == opposite
            row.append(min(cost, earlier[across - 2] + 1) if swapped else cost)
        if min(row) > allowed:
            return allowed + 1
        before = last
    return min(row[-1], allowed + 1)
