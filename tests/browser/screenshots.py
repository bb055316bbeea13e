"""Pages compared with what they looked like when somebody last looked at them.

A reference is the page's picture in small and grey: letters blur, boxes stay. A page differs where one of its squares
is clearly darker or lighter than the reference's. The sites' clocks (conftest.py) give the same days on every day.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

REFERENCES = Path(__file__).resolve().parent / "screenshots"
SCALE = 4  # pixels of the page for one of a reference, each way
SHADES = 16
SHIFT = 2  # pixels of a reference by which a page may be taller or shorter: rounding
DARKER = 48  # of 255: less is a letter drawn a little differently
SQUARE = 3  # pixels of a reference, each way, over which a difference is averaged


@dataclass(frozen=True)
class Difference:
    """How a picture differs from its reference: heights in pixels of the page, first and last row that differ."""

    was: int
    now: int
    rows: tuple[int, int] | None = None


def small(png: bytes) -> Image.Image:
    """The picture in the form in which references are kept."""
    with Image.open(BytesIO(png)) as picture:
        size = max(1, picture.width // SCALE), max(1, picture.height // SCALE)
        grey = picture.convert("L").resize(size, Image.Resampling.BOX)
    return grey.quantize(SHADES).convert("L")


def save(name: str, picture: Image.Image) -> None:
    REFERENCES.mkdir(exist_ok=True)
    picture.quantize(SHADES).save(REFERENCES / f"{name}.png", optimize=True)


def difference(name: str, picture: Image.Image) -> Difference | None:
    """How `picture` differs from the reference of this name; None if it does not, to the eye."""
    with Image.open(REFERENCES / f"{name}.png") as reference:
        return compare(reference.convert("L"), picture)


def compare(one: Image.Image, other: Image.Image) -> Difference | None:
    if one.width != other.width or abs(one.height - other.height) > SHIFT:
        return Difference(one.height * SCALE, other.height * SCALE)
    area = (0, 0, one.width, min(one.height, other.height))
    apart = ImageChops.difference(one.crop(area), other.crop(area)).filter(ImageFilter.BoxBlur(SQUARE // 2))
    box = apart.point([0] * DARKER + [255] * (256 - DARKER)).getbbox()
    return Difference(one.height * SCALE, other.height * SCALE, (box[1] * SCALE, box[3] * SCALE)) if box else None
