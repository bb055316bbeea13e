"""Publish claims as long as may be, or just short enough to be shown whole: `python -m tests.browser.wordy_site`.

Their slugs say what they are: `whole-ko` is the longest Korean claim of which a phone cuts nothing.
"""

import django

django.setup()

from claims.domain import publishing  # noqa: E402
from claims.models import Claim  # noqa: E402
from claims.templatetags.folding import MOST_SPEAKER, MOST_SUMMARY, MOST_TEXT  # noqa: E402
from tests import factories  # noqa: E402

WORDS = {
    "en": "The minister told parliament that no bridge in the north will be closed before the end of the year. ",
    "ko": "장관은 올해가 끝나기 전까지 북쪽의 어떤 다리도 폐쇄되지 않을 것이라고 국회에서 말했다. ",
    "ar": "قال الوزير أمام البرلمان إن أي جسر في الشمال لن يُغلق قبل نهاية العام الجاري مهما حدث. ",
}


def main() -> None:
    for language, words in WORDS.items():
        publishing.publish(cut(language, words * 20), by="ed")
        publishing.publish(whole(language, words * 20), by="ed")


def cut(language: str, words: str) -> Claim:
    """Each text has as many letters as its field takes."""
    return claim(f"cut-{language}", language, text=words[:1000], summary=words[:500], name=200)


def whole(language: str, words: str) -> Claim:
    """Each text is as wide as what is still shown whole."""
    wide = 2 if language == "ko" else 1
    name = MOST_SPEAKER // wide // 3 - 2  # of the speaker, a title and an organisation, with commas between
    return claim(
        f"whole-{language}",
        language,
        text=words[: MOST_TEXT // wide],
        summary=words[: MOST_SUMMARY // wide],
        name=name,
    )


def claim(slug: str, language: str, *, text: str, summary: str, name: int) -> Claim:
    """`name`: the letters of each name and title."""
    names = WORDS[language] * 4
    speaker = factories.SpeakerFactory.create(slug=slug, name=names[:name].strip())
    office = factories.OrganisationFactory.create(slug=f"office-{slug}", name=names[5 : 5 + name].strip())
    title = names[9 : 9 + name].strip()
    factories.AffiliationFactory.create(speaker=speaker, organisation=office, title=title, start="2018")
    made = factories.ClaimFactory.create(
        slug=slug, language=language, text=text.strip(), speaker=speaker, claimed_on="2024-02"
    )
    rating = factories.rating("mostly-false")
    factories.VerdictFactory.create(claim=made, rating=rating, summary=summary.strip(), rationale=WORDS[language])
    return made


if __name__ == "__main__":
    main()
