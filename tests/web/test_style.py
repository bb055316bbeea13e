"""Text can be read in both colour schemes (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

STYLE = Path(__file__).resolve().parents[2] / "claims" / "static" / "claims"
SIDES = {"left", "right"}
DECLARATION = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
STEPS = [f"step-{number}" for number in range(1, 6)]
# Ink, and what it stands on.
TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "accent") for ground in ("ground", "surface", "sunken")],
    *[(tone, f"{tone}-soft") for tone in [*STEPS, "apart"]],
    *[(ink, f"{tone}-soft") for ink in ("ink", "ink-soft", "accent") for tone in [*STEPS, "apart"]],
    *[(tone, ground) for tone in ("step-1", "step-3", "step-5") for ground in ("ground", "surface")],
    ("on-accent", "accent-strong"),
    ("on-accent", "accent"),
    ("notice-ink", "notice"),
    ("error-ink", "error"),
]
SHAPES = [(edge, ground) for edge in ("line-strong", "focus") for ground in ("ground", "surface", "sunken")]


def schemes() -> dict[str, dict[str, str]]:
    light, dark = (STYLE / "base.css").read_text().split("@layer base {")[0].split("prefers-color-scheme: dark")
    tokens = dict(DECLARATION.findall(light))
    return {"light": tokens, "dark": tokens | dict(DECLARATION.findall(dark))}


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (SHAPES, 3.0)], ids=["text", "shapes"])
def test_colours_have_contrast(scheme: str, pairs: list[tuple[str, str]], least: float) -> None:
    tokens = schemes()[scheme]

    weak = {pair: round(value, 2) for pair in pairs if (value := contrast(tokens[pair[0]], tokens[pair[1]])) < least}

    assert weak == {}


@pytest.mark.parametrize("sheet", sorted(STYLE.glob("*.css")), ids=lambda sheet: sheet.name)
def test_style_sheet_loads_nothing_from_elsewhere(sheet: Path) -> None:
    assert re.findall(r"@import|url\(|//", sheet.read_text()) == []


@pytest.mark.parametrize("sheet", sorted(STYLE.glob("*.css")), ids=lambda sheet: sheet.name)
def test_style_sheet_serves_both_directions_of_writing(sheet: Path) -> None:
    declarations = re.findall(r"([\w-]+): ([^;{}]+);", sheet.read_text())

    physical = [name for name, _ in declarations if re.search(r"(^|-)(left|right)(-|$)", name)]
    aligned = [value for name, value in declarations if name in {"text-align", "float", "clear"} if value in SIDES]
    uneven = [
        f"{name}: {value}"
        for name, value in declarations
        if name in {"padding", "margin", "inset", "border-width"}
        for sides in [re.findall(r"[\w-]+\([^()]*(?:\([^()]*\)[^()]*)*\)|\S+", value)]
        if len(sides) == 4 and sides[1] != sides[3]
    ]
    assert (physical, aligned, uneven) == ([], [], [])
