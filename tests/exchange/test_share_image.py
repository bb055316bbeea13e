from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, features

from claims import fonts
from claims.exchange.share_image import HEIGHT, MARGIN, PANEL_BOTTOM, PANEL_TOP, TONES, WIDTH, Picture, can_draw, draw

LATIN = Picture(
    claim="It is so.",
    speaker="A Speaker",
    role="Envoy, The Ministry",
    eyebrow="Our finding",
    label="False",
    step=1,
    is_reviewed=True,
    site_name="Facts",
)
KOREAN = replace(LATIN, claim="북한이 그렇게 말했다.", speaker="문재인", label="거짓")
ARABIC = replace(LATIN, claim="ستعقد المحادثات في بلد ثالث.", speaker="المتحدث", role="", label="خطأ")
needs_fonts = pytest.mark.skipif(bool(fonts.missing_scripts()), reason="no fonts for Korean and Arabic are installed")
needs_shaping = pytest.mark.skipif(not fonts.can_shape(), reason="libraqm or FriBiDi is not installed")


def drawn(picture: Picture) -> Any:
    body = draw(picture)
    assert len(body) < 100_000
    return Image.open(BytesIO(body)).convert("RGB")


def ink(image: Any, box: tuple[int, int, int, int]) -> tuple[int, int]:
    """The first and last column of `box` in which anything stands."""
    part = image.crop(box).convert("L").point(lambda value: 255 if value < 140 else 0)
    left, _, right, _ = part.getbbox()
    return left + box[0], right + box[0]


CLAIM = (0, 170, WIDTH, 420)


def near(found: Any, wanted: str) -> bool:
    return all(abs(a - int(wanted[place : place + 2], 16)) < 12 for a, place in zip(found, (1, 3, 5), strict=True))


@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, None])
def test_picture_shows_the_finding_by_colour_and_shape(step: int | None) -> None:
    image = drawn(replace(LATIN, step=step))

    tone, ground = TONES[step]
    assert image.size == (1200, 630)
    assert near(image.getpixel((600, 6)), tone)
    assert near(image.getpixel((WIDTH - MARGIN - 30, PANEL_TOP + 20)), ground)
    panel = image.crop((MARGIN + 30, PANEL_TOP + 15, MARGIN + 120, PANEL_BOTTOM - 10))
    assert len(panel.getcolors(10_000)) > 2  # a mark stands there


def test_marks_differ() -> None:
    box = (MARGIN + 30, PANEL_TOP + 15, MARGIN + 120, PANEL_BOTTOM - 10)
    shapes = {drawn(replace(LATIN, step=step)).crop(box).convert("1").tobytes() for step in TONES}

    assert len(shapes) == 6


def test_picture_is_the_same_each_time() -> None:
    assert draw(LATIN) == draw(LATIN)


def test_picture_of_what_is_not_reviewed_has_no_mark() -> None:
    image = drawn(replace(LATIN, eyebrow="", label="Not reviewed yet", step=None, is_reviewed=False))

    assert not near(image.getpixel((600, 6)), TONES[None][0])


@pytest.mark.parametrize(
    "claim", ["word " * 500, "W" * 3000, "", " ", "<b>&amp;\x07", "🤖🤖", "a\u202eb\u2066c"], ids=range(7)
)
def test_picture_of_hostile_text_stays_within_its_margins(claim: str) -> None:
    picture = replace(LATIN, claim=claim, speaker=claim[:300], role=claim[:300], site_name=claim[:99] or "F")

    assert can_draw(picture)
    left, right = ink(drawn(picture), CLAIM)
    assert (left >= MARGIN - 4, right <= WIDTH - MARGIN + 4) == (True, True)


@needs_fonts
def test_picture_of_korean_text_begins_at_the_left() -> None:
    assert can_draw(KOREAN)
    left, _ = ink(drawn(KOREAN), CLAIM)
    assert left < MARGIN + 12


@needs_fonts
@needs_shaping
def test_picture_of_arabic_text_begins_at_the_right() -> None:
    assert can_draw(ARABIC)
    left, right = ink(drawn(ARABIC), CLAIM)
    assert (left > MARGIN + 60, right > WIDTH - MARGIN - 12) == (True, True)


@needs_fonts
@needs_shaping
def test_arabic_letters_are_joined() -> None:
    font = fonts.font_for("محمد", bold=True, size=60)

    joined, apart = font.getlength("محمد"), sum(font.getlength(letter) for letter in "محمد")

    assert joined < apart - 3


def test_nothing_is_drawn_where_no_font_has_the_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FAMILIES", ())  # as on a machine with no font but Pillow's own

    assert (can_draw(LATIN), can_draw(KOREAN), can_draw(ARABIC)) == (True, False, False)
    assert fonts.missing_scripts() == ["Korean, Chinese and Japanese", "Arabic"]


def test_nothing_is_drawn_from_right_to_left_where_letters_cannot_be_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "check", lambda name: False)

    assert (can_draw(LATIN), can_draw(ARABIC)) == (True, False)
    assert drawn(LATIN).size == (WIDTH, HEIGHT)


def test_nothing_is_drawn_without_pillow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "ImageFont", None)

    assert can_draw(LATIN) is False
