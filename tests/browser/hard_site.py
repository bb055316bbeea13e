"""Publish what is hard to show: `python -m tests.browser.hard_site`, in a site's environment."""

import django

django.setup()

from claims.domain import publishing  # noqa: E402
from claims.enums import SpeakerKind  # noqa: E402
from claims.models import Claim, Speaker  # noqa: E402
from tests import factories, histories  # noqa: E402
from tests.web.test_hostile import HOSTILE, hostile_claim  # noqa: E402

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft says so. " * 20
KOREAN = "북한의 비핵화 실무협상이 다음 주 제3국에서 열릴 것이라고 외교부 장관이 말했다."
ARABIC = "قال الوزير إن المفاوضات (UN-2024) ستُعقد في 17 فبراير 2024 في بلد ثالث."


def main() -> None:
    histories.eventful()
    for claim in [long_claim(), bare_claim(), foreign_claim("korean", "ko", KOREAN, "강경화")]:
        publishing.publish(claim, by="ed")
    arabic = foreign_claim("arabic", "ar", ARABIC, "وزير الخارجية")
    publishing.publish(arabic, by="ed")
    arabic.verdict.rating = factories.rating("half-true")
    arabic.verdict.save()
    publishing.correct(arabic, by="ed", reason=ARABIC)
    hostile_claim()
    publish_page()


def publish_page() -> None:
    """With hostile Markdown, and corrected, so that it has an earlier edition."""
    page = factories.PageFactory.create(slug="privacy", title=LONG[:200].strip(), body=HOSTILE)
    publishing.publish(page, by="ed")
    link = f"https://{'a' * 60}.example/{'a' * 500}"
    page.body = f"# {LONG[:200]}\n\n- {ARABIC}\n- {KOREAN}\n\n## {HOSTILE}\n\n> [link]({link})"
    page.save()
    publishing.correct(page, by="ed", reason=KOREAN)


def bare_claim() -> Claim:
    """What must be said and no more: not even who said it when."""
    speaker = factories.SpeakerFactory.create(slug="bare", kind=SpeakerKind.UNNAMED, name="An official")
    return factories.ClaimFactory.create(slug="bare", speaker=speaker, text="So.")


def foreign_claim(slug: str, language: str, text: str, name: str) -> Claim:
    """A claim all of whose texts are in one language."""
    speaker = factories.SpeakerFactory.create(slug=slug, name=name, description=text)
    ministry = factories.OrganisationFactory.create(name=f"{name} {name}")
    factories.AffiliationFactory.create(speaker=speaker, organisation=ministry, title=name, start="2018")
    claim = factories.ForecastFactory.create(
        slug=slug, language=language, text=text, speaker=speaker, claimed_on="2024-02", criterion=text, due_words=text
    )
    claim.topics.add(factories.TopicFactory.create(name=name, description=text))
    source = factories.SourceFactory.create(title=text, publisher=name, language=language, published_on="2024-02-01")
    factories.AppearanceFactory.create(claim=claim, source=source, quotation=text, prefix=text[:50], suffix=text[:50])
    factories.EvidenceFactory.create(claim=claim, source=source, quotation=text, note=text, locator=name)
    factories.VerdictFactory.create(claim=claim, rating=factories.rating("true"), summary=text, rationale=text * 10)
    return claim


def long_claim() -> Claim:
    """As long and as many as the desk allows, or nearly so. Its speaker has a track record."""
    speaker = long_speaker()
    claim = factories.full_claim(slug="long", text=LONG[:1000].strip(), speaker=speaker)
    claim.verdict.summary, claim.verdict.rationale = LONG[:500].strip(), "\n\n".join([LONG] * 10)
    claim.verdict.save()
    source = factories.SourceFactory.create(
        slug="long", title=LONG[:500].strip(), publisher=LONG[:200].strip(), url=f"https://paper.example/{'a' * 1000}"
    )
    for position in range(3, 13):
        factories.AppearanceFactory.create(claim=claim, source=source, quotation=LONG * 2, position=position)
        factories.EvidenceFactory.create(claim=claim, source=source, quotation=LONG, note=LONG, position=position)
    claim.topics.add(factories.TopicFactory.create(slug="long", name=LONG[:100].strip(), description=LONG[:1000]))
    claim.topics.add(*factories.TopicFactory.create_batch(12))
    others = [reviewed(speaker, rating) for rating in ["false", "mostly-false", "half-true", "true", "unproven"] * 5]
    publishing.publish_all(others, by="ed")
    for other in others[:8]:
        factories.ClaimRelationFactory.create(claim=claim, target=other)
    return claim


def long_speaker() -> Speaker:
    speaker = factories.SpeakerFactory.create(slug="long", name=LONG[:200].strip(), description=LONG[:500].strip())
    for year in range(2000, 2012):
        organisation = factories.OrganisationFactory.create(name=LONG[:150].strip() + str(year))
        factories.AffiliationFactory.create(
            speaker=speaker, organisation=organisation, title=LONG[:200].strip(), start=str(year), end=str(year + 10)
        )
    return speaker


def reviewed(speaker: Speaker, rating: str) -> Claim:
    claim = factories.ClaimFactory.create(speaker=speaker, claimed_on="2005-03")
    factories.VerdictFactory.create(claim=claim, rating=factories.rating(rating))
    return claim


if __name__ == "__main__":
    main()
