"""Where a rating stands on its scale, for the marks that go with its word."""

from django import template

from claims.domain.record import Document

register = template.Library()

STEPS = 5


@register.filter
def step(rating: Document, scale: Document | None = None) -> int | None:
    """1 (the least true) to 5 (the truest), whatever the length of the scale; None where it has no place on one.

    A rating within a verdict knows the ends of its scale; one within the scale's own document needs the scale.
    """
    place = _place(rating["value"], scale or rating)
    return None if place is None else 1 + round(place * (STEPS - 1))


@register.filter
def percent(rating: Document) -> int | None:
    """The place of a verdict's rating on its scale, from 0 to 100."""
    place = _place(rating["value"], rating)
    return None if place is None else round(place * 100)


def _place(value: int | None, ends: Document) -> float | None:
    """None too for a scale of one step, which says nothing of better or worse."""
    if value is None or ends["best"] == ends["worst"]:
        return None
    return float((value - ends["worst"]) / (ends["best"] - ends["worst"]))
