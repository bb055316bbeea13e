"""One corpus in several languages; each query finds the same on every database."""

from collections.abc import Callable
from typing import Any

import pytest

from claims.domain import publishing, record, vocabulary
from claims.domain.search import by_relevance, found_by, search
from claims.models import Claim, PublishedClaim, Speaker, SpeakerAlias
from tests import factories
from tests.histories import changed

pytestmark = pytest.mark.django_db

KIMS = ["Kim Jong Un", "Kim Yong Chol", "Kim Hyok Chol", "Kim Yo Jong", "Kim Eui-kyeom", "Kim Dae-jung"]


def _claim(slug: str, text: str, *, speaker: Speaker, language: str = "en", **verdict: str) -> Claim:
    claim = factories.ClaimFactory.create(slug=slug, text=text, speaker=speaker, language=language)
    if verdict:
        quotation = verdict.pop("quotation", "")
        factories.VerdictFactory.create(claim=claim, **verdict)
        if quotation:
            factories.EvidenceFactory.create(claim=claim, quotation=quotation, note="")
    return claim


@pytest.fixture
def _corpus(db: None) -> None:
    biegun = factories.SpeakerFactory.create(name="Stephen Biegun", slug="biegun")
    kims = [factories.SpeakerFactory.create(name=name, slug=f"kim-{number}") for number, name in enumerate(KIMS)]
    SpeakerAlias.objects.create(speaker=kims[0], name="김정은")
    SpeakerAlias.objects.create(speaker=kims[0], name="Rocket Man")
    minister = factories.SpeakerFactory.create(name="Élisabeth Müller-O'Neil", slug="mueller")
    claims = [
        _claim("en", "The summits in Hanoi will be held on February 27.", speaker=biegun, summary="They were held."),
        _claim("en-2", "Sanctions were lifted after the meeting.", speaker=biegun, summary="A treaty was not signed.",
               quotation="The Hanoi summit ended without a third-country deal."),
        _claim("en-3", "Kim's nuclear tests have stopped.", speaker=kims[0]),
        _claim("ko", "남북한은 올해 정상회담을 열었다.", speaker=kims[3], language="ko"),
        _claim("ko-2", "핵 실험은 중단되었다.", speaker=kims[4], language="ko"),
        _claim("ja", "消費税は来年、引き上げられる。", speaker=kims[1], language="ja"),
        _claim("zh", "中华人民共和国成立于1949年。", speaker=kims[2], language="zh"),
        _claim("fr", "L’économie française a créé des entreprises à l'Élysée.", speaker=minister, language="fr"),
        _claim("de", "Die Straßen wurden größtenteils saniert.", speaker=minister, language="de"),
        _claim("ru", "Новая дорога построена в срок.", speaker=kims[5], language="ru"),
        _claim("ar", "الاقتصادُ نما بنسبة ٣٪", speaker=minister, language="ar"),
        _claim("hi", "भारत में बेरोज़गारी घटी है।", speaker=minister, language="hi"),
        _claim("th", "ประเทศไทยมีประชากรเพิ่มขึ้น", speaker=minister, language="th"),
        _claim("num", "COVID-19 vaccines reached 1,000,000 doses by G20정상회의.", speaker=minister),
    ]  # fmt: skip
    claims[0].topics.add(factories.TopicFactory.create(name="Hanoi diplomacy", slug="diplomacy"))
    publishing.publish_all(claims, by="ed")


def _found(query: str) -> list[str]:
    """Slugs in the order of publication."""
    claims = found_by(PublishedClaim.objects.all(), search(query))
    return [claim.slug for claim in claims.order_by("first_sequence")]


QUERIES: dict[str, list[str]] = {
    "summit": ["en", "en-2"],
    "SUMMITS hanoi": ["en", "en-2"],
    '"hanoi summit"': ["en-2"],
    "“Hanoi summit” -treaty": [],
    "summit -treaty": ["en"],
    "-summit -kim -müller": ["en-2"][:0],
    "sanct*": ["en-2"],
    "sanct": ["en-2"],
    "anct": [],
    "hanoi sanct": ["en-2"],
    "speaker:biegun": ["en", "en-2"],
    "SPEAKER:Biegun summits": ["en", "en-2"],
    'speaker:"kim jong un"': ["en-3"],
    "speaker:kim -speaker:jong": ["ko-2", "ja", "zh", "ru"],
    "topic:hanoi": ["en"],
    "topic:summit": [],
    "text:summit": ["en"],
    "summary:treaty": ["en-2"],
    "evidence:hanoi": ["en-2"],
    "text:treaty": [],
    "third country": ["en-2"],
    "third-country": ["en-2"],
    "third-countries": [],
    "北": [],
    "북한": ["ko"],
    "한": ["ko"],
    "남북한": ["ko"],
    "정상회담": ["ko"],
    "북남": [],
    '"핵 실험"': ["ko-2"],
    "핵실험": [],
    "消費税": ["ja"],
    "費税": ["ja"],
    "税": ["ja"],
    "人民": ["zh"],
    "1949": ["zh"],
    "economie": ["fr"],
    "ÉCONOMIES francaises": ["fr"],
    "l'économie": ["fr"],
    "entreprise": ["fr"],
    "elysee": ["fr"],
    "strasse": ["de"],
    "Straße": ["de"],
    "новые дороги": ["ru"],
    "اقتصاد": ["ar"],
    "الاقتصاد": ["ar"],
    "بيروزگاری": [],
    "बेरोज़गारी": ["hi"],
    "ประชากร": ["th"],
    "covid-19": ["num"],
    "covid 19": ["num"],
    "1,000,000": ["num"],
    "G20정상": ["num"],
    "정상": ["ko", "num"],
    "o'neil": ["fr", "de", "ar", "hi", "th", "num"],
    "müller entreprises": ["fr"],
    "김정은": ["en-3"],
    "rocket": ["en-3"],
    "speaker:김정은 nuclear": ["en-3"],
    "Kim's": ["en-3", "ko", "ko-2", "ja", "zh", "ru"],
    "unpronounceable": [],
}


@pytest.mark.usefixtures("_corpus")
def test_hard_queries_find_the_same_on_every_database() -> None:
    assert {query: _found(query) for query in QUERIES} == QUERIES


# Words of engines, and what no one means: each is answered, and finds nothing of which it does not hold the words.
HOSTILE: dict[str, list[str]] = {
    "%": [],
    "*": [],
    '"': [],
    '""': [],
    "-": [],
    "speaker:": [],
    'speaker:""': [],
    "🚀": [],
    "\u202e\u200f": [],
    "NEAR(summit hanoi)": [],
    "summit OR treaty": [],
    "summit AND hanoi": [],
    "summit NOT treaty": ["en-2"],
    "summit & !treaty": ["en-2"],
    "summit <-> hanoi": ["en", "en-2"],
    "{claim}: summit": ["en-2"][:0],
    "^summit": ["en", "en-2"],
    'summit"': ["en", "en-2"],
    '"hanoi summit': ["en-2"],
    "'summit':*": ["en", "en-2"],
    "summit\\": ["en", "en-2"],
    "summit\0hanoi": ["en", "en-2"],
    "'; DROP TABLE claims_search; --": [],
    "claims_search:summit": [],
    "סוף": [],
}


@pytest.mark.usefixtures("_corpus")
def test_hostile_queries_are_answered() -> None:
    assert {query: _found(query) for query in HOSTILE} == HOSTILE


@pytest.mark.usefixtures("_corpus")
@pytest.mark.parametrize(
    "query",
    ["x" * 1_000_000, "summit " * 10_000, "a* " * 10_000, '"' * 10_000, "-a " * 10_000, "가" * 10_000, "(" * 10_000],
    ids=["one word", "terms", "prefixes", "quotes", "minus", "one run", "parentheses"],
)  # fmt: skip
def test_endless_queries_are_answered_by_their_beginning(query: str) -> None:
    assert _found(query) == _found(query[:300])


@pytest.mark.usefixtures("_corpus")
def test_empty_query_finds_everything() -> None:
    assert len(_found("  ")) == 14


@pytest.mark.usefixtures("_corpus")
@pytest.mark.parametrize(
    ("query", "corrections", "expected"),
    [
        ("Bigun", {"bigun": "biegun"}, ["en", "en-2"]),
        ("speaker:Beigun summit", {"beigun": "biegun"}, ["en", "en-2"]),
        ("Stephan Biegun", {"stephan": "stephen"}, ["en", "en-2"]),
        ("Elisabit", {"elisabit": "elisabeth"}, ["fr", "de", "ar", "hi", "th", "num"]),
        ("Kim Yong Chul", {"chul": "chol"}, ["ja"]),
        ("Kim Hyuk Chol", {"hyuk": "hyok"}, ["zh"]),
        ("김정운", {"김정운": "김정은"}, ["en-3"]),
        ("rockets", {"rockets": "rocket"}, ["en-3"]),
        ('"bigun"', {}, []),
        ("Zbiegun", {}, []),
        ("Kim Jong Il", {}, []),
    ],
)
def test_mistyped_name_finds_its_speaker_and_no_other(
    query: str, corrections: dict[str, str], expected: list[str]
) -> None:
    assert search(query).corrections == corrections
    assert _found(query) == expected


@pytest.mark.usefixtures("_corpus")
def test_name_that_may_be_several_is_not_guessed() -> None:
    speakers = [factories.SpeakerFactory.create(name=name) for name in ("Mara Lind", "Mara Lint")]
    publishing.publish_all([factories.ClaimFactory.create(speaker=speaker) for speaker in speakers], by="ed")

    found = search("Linx")

    assert (found.corrections, found.candidates) == ({}, {"linx": ["lind", "lint"]})


def test_relevance_weighs_claim_over_names_over_summary_over_evidence() -> None:
    speaker, lake = factories.SpeakerFactory.create(name="Someone"), factories.SpeakerFactory.create(name="Ann Lake")
    claims = [
        _claim("text", "The lake is deep.", speaker=speaker),
        _claim("evidence", "It is deep.", speaker=speaker, quotation="A lake.", summary="So it is."),
        _claim("summary", "It is so deep.", speaker=speaker, summary="The lakes are."),
        _claim("speaker", "It is very deep.", speaker=lake),
        _claim("text-2", "A lake is deep, too.", speaker=speaker),
    ]
    publishing.publish_all(claims, by="ed")

    parts = by_relevance(PublishedClaim.objects.all(), search("lake"))

    assert [[claim.slug for claim in part] for part in parts] == [
        ["text-2", "text"],
        ["speaker"],
        ["summary"],
        ["evidence"],
    ]


def _retract(claim: Claim) -> None:
    publishing.retract(claim, by="ed", reason="It was never said.")


def _change(claim: Claim) -> None:
    publishing.publish(changed(claim, text="Rivers are wide."), by="ed")


def _rename(claim: Claim) -> None:
    publishing.publish(changed(claim.speaker, name="Gulliver"), by="ed")


def _alias(claim: Claim) -> None:
    SpeakerAlias.objects.create(speaker=claim.speaker, name="Gulliver")
    publishing.publish(claim.speaker, by="ed")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_retract, {"lakes": [], "rivers": [], "ann": [], "gulliver": []}),
        (_change, {"lakes": [], "rivers": ["lake"], "ann": ["lake"], "gulliver": []}),
        (_rename, {"lakes": ["lake"], "rivers": [], "ann": [], "gulliver": ["lake"]}),
        (_alias, {"lakes": ["lake"], "rivers": [], "ann": ["lake"], "gulliver": ["lake"]}),
    ],
)
def test_index_follows_what_is_published(change: Callable[[Claim], Any], expected: dict[str, list[str]]) -> None:
    claim = _claim("lake", "Lakes are deep.", speaker=factories.SpeakerFactory.create(name="Ann"))
    publishing.publish(claim, by="ed")
    assert _found("lakes") == ["lake"]

    change(claim)

    assert {query: _found(query) for query in expected} == expected


def test_index_forgets_what_is_rolled_back(claim: Claim) -> None:
    try:
        with record.writing():
            publishing.publish(claim, by="ed")
            raise LookupError
    except LookupError:
        pass

    assert _found("claim") == []


def test_claim_of_any_length_is_indexed_and_found_by_its_beginning() -> None:
    claim = factories.ClaimFactory.create(text="Short.")
    factories.VerdictFactory.create(claim=claim, rationale=" ".join(["again"] * 1000 + [f"w{n}" for n in range(2000)]))
    factories.EvidenceFactory.create(claim=claim, quotation="가" * 1000)
    publishing.publish(claim, by="ed")

    assert [len(_found(query)) for query in ("again", "w1999", '"w0 w1"', "가가가")] == [1, 1, 1, 1]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("query", "queries"), [("claim", 2), ("claim -other is*", 2), ("claam", 2), ("", 1), ("%", 0)])
def test_search_asks_no_more_for_more(count: int, query: str, queries: int, django_assert_num_queries: Any) -> None:
    publishing.publish_all([factories.ClaimFactory.create() for _ in range(count)], by="ed")
    search("warm")  # learns which languages there are

    with django_assert_num_queries(queries):
        _found(query)


@pytest.mark.parametrize(("query", "queries"), [("claims", 2), ("claam", 3)])
def test_first_search_of_a_process_asks_again_only_for_what_is_missing(
    claim: Claim, query: str, queries: int, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    publishing.publish(changed(claim, text="It claims to be so."), by="ed")
    monkeypatch.setattr(vocabulary, "_last", [("de", "ko")])  # of what was read before; here all is English

    with django_assert_num_queries(queries):
        found = _found(query)

    assert len(found) == (query == "claims")
    assert search("claimed").languages == ("en",)
