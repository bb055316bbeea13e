"""The shapes of ratings, as in `components/mark.html`, for drawn images: on a grid of 24, four times as large first."""

import math
from typing import Any

GRID = 24
FINER = 4


def mark(side: int, step: int | None, *, tone: str, ground: str) -> Any:
    """An image of Pillow's with the mark of a step (1 to 5; None: apart)."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 (an optional extra)

    fine = Image.new("RGB", (side * FINER, side * FINER), ground)
    _shape(Brush(ImageDraw.Draw(fine), side * FINER / GRID, tone), step, ground)
    return fine.resize((side, side), Image.Resampling.LANCZOS)


class Brush:
    """Draws in units of the grid."""

    def __init__(self, draw: Any, unit: float, tone: str) -> None:
        self.draw, self.unit, self.tone = draw, unit, tone

    def points(self, *points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x * self.unit, y * self.unit) for x, y in points]

    def line(self, *points: tuple[float, float], colour: str, width: float = 2.4) -> None:
        thickness = round(width * self.unit)
        self.draw.line(self.points(*points), fill=colour, width=thickness, joint="curve")
        for x, y in self.points(points[0], points[-1]):
            radius = thickness / 2
            self.draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)

    def disc(self, x: float, y: float, radius: float) -> None:
        self.draw.ellipse(self.points((x - radius, y - radius), (x + radius, y + radius)), fill=self.tone)

    def arc(self, start: float, end: float, *, radius: float = 10) -> None:
        """Part of a ring around the middle; degrees clockwise from three o'clock."""
        box = self.points((12 - radius, 12 - radius), (12 + radius, 12 + radius))
        self.draw.arc(box, start, end, fill=self.tone, width=round(2 * self.unit))

    def slice(self, start: float, end: float) -> None:
        self.draw.pieslice(self.points((3, 3), (21, 21)), start, end, fill=self.tone)


def _shape(brush: Brush, step: int | None, ground: str) -> None:
    match step:
        case 1:
            corners = [(8, 2), (16, 2), (22, 8), (22, 16), (16, 22), (8, 22), (2, 16), (2, 8)]
            brush.draw.polygon(brush.points(*corners), fill=brush.tone)
            brush.line((8.5, 8.5), (15.5, 15.5), colour=ground)
            brush.line((15.5, 8.5), (8.5, 15.5), colour=ground)
        case 5:
            brush.disc(12, 12, 10)
            brush.line((7.5, 12.5), (10.7, 15.7), (16.7, 9), colour=ground)
        case None:
            _question(brush)
        case _:
            brush.arc(0, 360)
            brush.slice(-90, {2: 0, 3: 90, 4: 180}[step])


def _question(brush: Brush) -> None:
    for number in range(10):
        brush.arc(number * 36, number * 36 + 19)
    turns = [math.radians(angle) for angle in range(180, 421, 10)]
    hook = [(12 + 2.6 * math.cos(turn), 9.6 + 2.6 * math.sin(turn)) for turn in turns]
    brush.line(*hook, (12, 13.9), colour=brush.tone, width=1.9)
    brush.disc(12, 16.8, 1.2)
