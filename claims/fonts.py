"""Fonts for drawn images, found on the machine: for each text one that has all of its letters.

Pillow is optional; without it there are none.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

try:
    from PIL import ImageFont, features
except ImportError:  # the extra `images` is not installed
    ImageFont = None  # type: ignore[assignment]

FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
# Bold and regular files, the plainest first: where several have all letters of a text, the first is taken.
FAMILIES = (
    ("NotoSans-Bold.ttf", "NotoSans-Regular.ttf"),
    ("DejaVuSans-Bold.ttf", "DejaVuSans.ttf"),
    ("LiberationSans-Bold.ttf", "LiberationSans-Regular.ttf"),
    ("Arial Bold.ttf", "Arial.ttf"),
    ("arialbd.ttf", "arial.ttf"),
    ("NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc"),
    ("NotoSansKR-Bold.otf", "NotoSansKR-Regular.otf"),
    ("NanumGothicBold.ttf", "NanumGothic.ttf"),
    ("AppleSDGothicNeo.ttc", "AppleSDGothicNeo.ttc"),
    ("malgunbd.ttf", "malgun.ttf"),
    ("NotoSansArabic-Bold.ttf", "NotoSansArabic-Regular.ttf"),
    ("NotoNaskhArabic-Bold.ttf", "NotoNaskhArabic-Regular.ttf"),
    ("NotoSansHebrew-Bold.ttf", "NotoSansHebrew-Regular.ttf"),
    ("NotoSansDevanagari-Bold.ttf", "NotoSansDevanagari-Regular.ttf"),
    ("NotoSansThai-Bold.ttf", "NotoSansThai-Regular.ttf"),
    ("Arial Unicode.ttf", "Arial Unicode.ttf"),
)
SAMPLES = {"Korean, Chinese and Japanese": "그렇다 是日本の", "Arabic": "هكذا"}
PROBE = 20
NOWHERE = "\U0010fffe"  # no font has it, so that what is drawn for it is what is drawn for any missing letter


def is_available() -> bool:
    """Whether anything can be drawn."""
    return ImageFont is not None


def font_for(text: str, *, bold: bool, size: int) -> Any:
    """A font (`PIL.ImageFont`) that has all letters of `text`, None if none has."""
    wanted = _letters(text)
    path = next((path for path in _paths(bold) if all(_has(path, letter) for letter in wanted)), None)
    return None if path is None else _font(path, size)


def drawable(text: str) -> str:
    """`text` without symbols, such as emoji, that no font has in full."""
    return "".join(
        character
        for character in text
        if unicodedata.category(character) not in {"So", "Sk", "Cf", "Co", "Cn", "Cs"} or _is_joiner(character)
    )


def can_shape() -> bool:
    """Whether letters can be joined and ordered from right to left, which needs libraqm and FriBiDi."""
    return ImageFont is not None and bool(features.check("raqm")) and bool(features.check("fribidi"))


def needs_shaping(text: str) -> bool:
    """Whether letters of `text` run from right to left, or change with their neighbours."""
    return is_rtl(text) or any("\u0900" <= character <= "\u109f" for character in text)


def is_rtl(text: str) -> bool:
    """By the first letter that has a direction, as in browsers (`dir="auto"`)."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((found != "L" for found in directions if found in {"L", "R", "AL"}), False)


def missing_scripts() -> list[str]:
    """Names of the scripts of SAMPLES for which no font is found; none without Pillow, when nothing is drawn."""
    if ImageFont is None:
        return []
    return [name for name, sample in SAMPLES.items() if font_for(sample, bold=True, size=PROBE) is None]


def _is_joiner(character: str) -> bool:
    return character in "\u200c\u200d"


def _letters(text: str) -> set[str]:
    return {character for character in text if unicodedata.category(character)[0] in "LNPS"}


def _paths(bold: bool) -> Iterator[str]:
    """Of the fonts there are, the plainest first; "" stands for the Latin one that Pillow brings."""
    if ImageFont is not None:
        found = _files()
        yield from (found[names[0 if bold else 1]] for names in FAMILIES if names[0 if bold else 1] in found)
        yield ""


@lru_cache(maxsize=1)
def _files() -> dict[str, str]:
    """Where each font of FAMILIES is. Looked for once in the life of a process."""
    known = {name for names in FAMILIES for name in names}
    folders = [Path(folder).expanduser() for folder in FOLDERS]
    files = (path for folder in folders if folder.is_dir() for path in folder.rglob("*"))
    return {path.name: str(path) for path in files if path.name in known}


@lru_cache(maxsize=64)
def _font(path: str, size: int) -> Any:
    if not path:
        return ImageFont.load_default(size)
    faces = _faces(path)
    return ImageFont.truetype(path, size, index=faces.get("Noto Sans CJK KR", 0))


@lru_cache(maxsize=32)
def _faces(path: str) -> dict[str, int]:
    """Faces of a collection by name; a Korean newsroom's software prefers Korean forms of shared characters."""
    if not path.endswith(".ttc"):
        return {}
    names = {}
    for index in range(10):
        try:
            names[str(ImageFont.truetype(path, PROBE, index=index).getname()[0])] = index
        except OSError:
            break
    return names


@lru_cache(maxsize=50_000)
def _has(path: str, letter: str) -> bool:
    return _drawn(path, letter) != _nowhere(path)


@lru_cache(maxsize=32)
def _nowhere(path: str) -> bytes:
    return _drawn(path, NOWHERE)


def _drawn(path: str, letter: str) -> bytes:
    mask = _font(path, PROBE).getmask(letter)
    return bytes(mask)
