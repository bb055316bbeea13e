"""The picture that stands for a claim where it is shared: 1200 × 630 pixels, as Open Graph and others ask for.

The finding is there as a word, a colour and a shape, as on pages.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from claims.exchange.marks import mark
from claims.fonts import can_shape, drawable, font_for, is_available, is_rtl, needs_shaping

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
INNER = WIDTH - 2 * MARGIN
GROUND, INK, SOFT, LINE = "#fbfaf8", "#1b1f24", "#565d66", "#dcd8d1"
# Colour and its ground by step, as in base.css; None: apart from the scale.
TONES: dict[int | None, tuple[str, str]] = {
    1: ("#9d1f1f", "#fdeeec"),
    2: ("#8f3f0c", "#fdf1e6"),
    3: ("#6d5200", "#fbf4da"),
    4: ("#465c0c", "#f3f7e0"),
    5: ("#0f5f3a", "#e6f5ec"),
    None: ("#4a4178", "#f0eef8"),
}
SIZES = (60, 54, 48, 43, 38, 34)
CLAIM_TOP, CLAIM_BOTTOM = 172, 412
PANEL_TOP, PANEL_BOTTOM = 436, 558
MOST = 600  # characters; more than that cannot be read in a picture
COLOURS = 64


@dataclass(frozen=True, slots=True)
class Style:
    size: int
    colour: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be seen. `step` is the place on the scale, 1 to 5, None apart from it; no `label`: not reviewed."""

    claim: str
    speaker: str
    role: str
    eyebrow: str
    label: str
    step: int | None
    is_reviewed: bool
    site_name: str

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.claim, self.speaker, self.role, self.eyebrow, self.label, self.site_name)


def can_draw(picture: Picture) -> bool:
    """Whether there are fonts for all of it: boxes instead of letters would be worse than no picture."""
    if not is_available():
        return False
    texts = [drawable(text[:MOST]) for text in picture.texts]
    if any(map(needs_shaping, texts)) and not can_shape():
        return False
    return all(font_for(text, bold=bold, size=SIZES[-1]) for text in texts for bold in (True, False))


def draw(picture: Picture) -> bytes:
    """A PNG. Only for what `can_draw`."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 (an optional extra)

    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    pen = Pen(ImageDraw.Draw(image))
    tone, ground = TONES[picture.step] if picture.is_reviewed else (SOFT, GROUND)
    pen.draw.rectangle((0, 0, WIDTH, 14), fill=tone)
    pen.line(picture.speaker, top=52, style=Style(38, INK, bold=True))
    pen.line(picture.role, top=104, style=Style(30, SOFT))
    pen.block(picture.claim)
    panel = (MARGIN, PANEL_TOP, WIDTH - MARGIN, PANEL_BOTTOM)
    pen.draw.rounded_rectangle(panel, 14, fill=ground, outline=tone, width=3)
    _finding(image, pen, picture, tone, ground)
    pen.line(picture.site_name, top=576, style=Style(28, SOFT, bold=True))
    file = BytesIO()
    image.quantize(COLOURS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _finding(image: Any, pen: "Pen", picture: Picture, tone: str, ground: str) -> None:
    left = MARGIN + 32
    rtl = is_rtl(picture.label)
    if picture.is_reviewed:
        side = 84
        edge = WIDTH - left - side if rtl else left
        image.paste(mark(side, picture.step, tone=tone, ground=ground), (edge, PANEL_TOP + 19))
        left += side + 24
    inset = left - MARGIN
    if picture.eyebrow:
        pen.line(picture.eyebrow, top=PANEL_TOP + 14, style=Style(24, SOFT), inset=inset, rtl=rtl)
    top = PANEL_TOP + 44 if picture.eyebrow else PANEL_TOP + 30
    pen.line(picture.label, top=top, style=Style(52, tone, bold=True), inset=inset, rtl=rtl)


class Pen:
    """Writes texts in their own direction, each in a font that has its letters, and none beyond the margins."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw

    def line(self, text: str, *, top: int, style: Style, inset: int = 0, rtl: bool | None = None) -> None:
        """One line; what does not fit is left out at its end. `inset`: pixels kept free where a line begins."""
        text = _clean(text)
        font = font_for(text, bold=style.bold, size=style.size)
        fitted = _shortened(text, lambda part: _length(font, part) <= INNER - inset - (32 if inset else 0))
        self._write(fitted, (inset, top), font=font, colour=style.colour, rtl=is_rtl(text) if rtl is None else rtl)

    def block(self, text: str) -> None:
        """The claim, as large as fits between the speaker and the finding."""
        opening, closing = "«»" if is_rtl(text) else "“”"  # which alone turn round with the direction
        text = f"{opening}{_clean(text)}{closing}"
        for size in SIZES:
            font = font_for(text, bold=True, size=size)
            step = round(size * 1.28)
            most = (CLAIM_BOTTOM - CLAIM_TOP) // step
            lines = list(_lines(text, font))
            if len(lines) <= most:
                break
        shown = lines[:most]
        if len(lines) > most:
            rest = " ".join(lines[most - 1 :])
            shown[-1] = _shortened(rest, lambda part: _length(font, part) <= INNER)
        for number, line in enumerate(shown):
            self._write(line, (0, CLAIM_TOP + number * step), font=font, colour=INK, rtl=is_rtl(text))

    def _write(self, text: str, place: tuple[int, int], *, font: Any, colour: str, rtl: bool) -> None:
        """`place`: pixels from where a line begins, and from the top."""
        inset, top = place
        direction = {"direction": "rtl" if rtl else "ltr"} if can_shape() else {}
        left = WIDTH - MARGIN - inset if rtl else MARGIN + inset
        self.draw.text((left, top), text, font=font, fill=colour, anchor="ra" if rtl else "la", **direction)


def _clean(text: str) -> str:
    return " ".join(drawable(text[:MOST]).split())


def _length(font: Any, text: str) -> float:
    return float(font.getlength(text))


def _shortened(text: str, fits: Callable[[str], bool]) -> str:
    """`text`, or as much of its beginning as fits with “…” after it."""
    if fits(text):
        return text
    shortest, longest = 0, len(text)
    while longest - shortest > 1:
        middle = (shortest + longest) // 2
        shortest, longest = (middle, longest) if fits(f"{text[:middle].rstrip()}…") else (shortest, middle)
    return f"{text[:shortest].rstrip()}…"


def _lines(text: str, font: Any) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        for part in _parts(word, font):
            longer = f"{line} {part}" if line else part
            if line and _length(font, longer) > INNER:
                yield line
                longer = part
            line = longer
    yield line


def _parts(word: str, font: Any) -> Sequence[str]:
    """A word, in pieces where it is longer than a line, as a sentence is in Chinese or Japanese."""
    if _length(font, word) <= INNER:
        return [word]
    pieces, piece = [], ""
    for character in word:
        if _length(font, piece + character) > INNER:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]
