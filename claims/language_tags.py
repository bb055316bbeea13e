"""Language tags (BCP 47), whose case means nothing."""

from collections.abc import Callable

# Of all subtags but the first, by length: regions and scripts (RFC 5646, section 2.1.1).
USUAL_CASE: dict[int, Callable[[str], str]] = {2: str.upper, 4: str.capitalize}


def spellings(tag: str) -> set[str]:
    """How the language that `tag` means may be stored: `EN-us` as `en-US`, as is usual, or as `en-us`, as it is given.

    The desk takes any case of all subtags but the first, which is always in lower case.
    """
    first, *others = tag.split("-")
    usual = [USUAL_CASE.get(len(subtag), str.lower)(subtag) for subtag in others]
    return {"-".join([first.lower(), *subtags]) for subtags in (usual, others)}
