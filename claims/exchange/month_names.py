"""Names of months in the languages of the world, from the translations that Django brings."""

import gettext
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import django
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT, MONTHS_AP

from claims.folding import fold

LOCALES = Path(django.__file__).parent / "conf" / "locale"
CONTEXTS = ("abbrev. month", "alt. month", "")
# Of the Levant and Iraq, the Maghreb and Egypt, which Django's Arabic does not name, and others' spellings.
MORE = {
    "كانون الثاني": 1, "كانون ثاني": 1, "شباط": 2, "آذار": 3, "نيسان": 4, "أيار": 5, "حزيران": 6, "تموز": 7, "آب": 8,
    "أيلول": 9, "تشرين الأول": 10, "تشرين أول": 10, "تشرين الثاني": 11, "تشرين ثاني": 11, "كانون الأول": 12,
    "كانون أول": 12, "جانفي": 1, "فيفري": 2, "أفريل": 4, "ماي": 5, "جوان": 6, "جويلية": 7, "أوت": 8, "يوليوز": 7,
    "غشت": 8, "شتنبر": 9, "نونبر": 11, "دجنبر": 12, "يونيه": 6, "يوليه": 7,
    "sept": 9, "setiembre": 9, "set": 9, "अक्तूबर": 10, "सितम्बर": 9, "नवम्बर": 11, "दिसम्बर": 12, "ene": 1, "dic": 12,
    "fev": 2, "ago": 8, "mai": 5, "जन": 1, "फर": 2, "अप्रै": 4, "जुल": 7, "अग": 8, "सित": 9, "अक्टू": 10, "अक्तू": 10,
    "नव": 11, "दिस": 12,
}  # fmt: skip
# Arabic letters that are written with and without what tells them apart, Hindi's nukta and sign of abbreviation, vowel
# signs, and joiners.
SPELLINGS: dict[int, int | None] = {
    **str.maketrans("أإآٱىة", "اااايه"),
    **dict.fromkeys([*range(0x64B, 0x653), 0x640, 0x93C, 0x970, 0x200C, 0x200D]),
}


@lru_cache(maxsize=1)
def months() -> dict[str, frozenset[int]]:
    """Name as `key` gives it, full or short, to its months: “listopad” is October in Croatian, November in Polish.

    English names mean what they do in English: its “mar” is written everywhere, and Finnish has one for November.
    """
    found: dict[str, set[int]] = defaultdict(set)
    for name, month in MORE.items():
        found[_key(name)].add(month)
    names = [
        (number, _english(names[number]))
        for names in (MONTHS, MONTHS_3, MONTHS_ALT, MONTHS_AP)
        for number in range(1, 13)
    ]
    english: dict[str, set[int]] = defaultdict(set)
    for number, name in names:
        english[_key(name)].add(number)
    for catalogue in _catalogues():
        for number, name in names:
            for context in CONTEXTS:
                translated = catalogue.pgettext(context, name) if context else catalogue.gettext(name)
                found[_key(translated)].add(number)
    known = {**found, **english}
    return {name: frozenset(numbers) for name, numbers in known.items() if name and not name.isdecimal()}


def _english(name: object) -> str:
    """What a lazy translation translates."""
    arguments: tuple[str, ...] = name._args  # type: ignore[attr-defined]
    return arguments[-1]


def key(text: str) -> str:
    """Folded, and in one of the spellings that its words may have."""
    return fold(text).translate(SPELLINGS)


def _key(name: str) -> str:
    return key(name).strip(" .")


def _catalogues() -> list[gettext.GNUTranslations]:
    found = []
    for path in sorted(LOCALES.glob("*/LC_MESSAGES/django.mo")):
        with path.open("rb") as file:
            found.append(gettext.GNUTranslations(file))
    return found
