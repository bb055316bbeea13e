"""What to look for in the index (see `models/search.py`), in the language of the database's full-text engine."""

from collections.abc import Collection, Iterable, Sequence

from django.db import connection

from claims.models.search import PARTS


def tokens(wanted: Sequence[str], parts: Sequence[str] = PARTS, *, prefix: bool = False) -> str:
    """Tokens that follow each other in one of these parts. They hold nothing that would have to be escaped."""
    if _is_postgresql():
        weights = "" if parts == PARTS else "".join("ABCD"[PARTS.index(part)] for part in parts)
        ends = [*[""] * (len(wanted) - 1), "*" if prefix else ""]
        return "(" + " <-> ".join(f"'{token}':{end}{weights}" for token, end in zip(wanted, ends, strict=True)) + ")"
    phrase = f'"{" ".join(wanted)}"{" *" if prefix else ""}'
    return phrase if parts == PARTS else f"{{{' '.join(parts)}}} : {phrase}"


def all_of(expressions: Iterable[str]) -> str:
    return f"({(' & ' if _is_postgresql() else ' AND ').join(expressions)})"


def any_of(expressions: Iterable[str]) -> str:
    return f"({(' | ' if _is_postgresql() else ' OR ').join(expressions)})"


def without(expression: str, unwanted: Collection[str]) -> str:
    if not unwanted:
        return expression
    return f"{expression} {'& !' if _is_postgresql() else 'NOT'} {any_of(unwanted)}"


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"
