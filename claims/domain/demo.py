"""The demo: one news article worked through, published edition by edition as editors would have done it."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import models, transaction

from claims.domain import publishing
from claims.domain.default_pages import default_page
from claims.enums import PageSlug
from claims.models import (
    Affiliation,
    AffiliationTranslation,
    Appearance,
    AppearanceTranslation,
    AttributionLink,
    Claim,
    ClaimRelation,
    ClaimTranslation,
    Evidence,
    EvidenceTranslation,
    Page,
    PageTranslation,
    Rating,
    RatingScale,
    RatingScaleTranslation,
    RatingTranslation,
    Source,
    SourceTranslation,
    Speaker,
    SpeakerAlias,
    SpeakerTranslation,
    Topic,
    TopicTranslation,
    User,
    Verdict,
)

Item = TypeVar("Item", bound=models.Model)

DATA = Path(__file__).with_suffix(".toml")
TRANSLATIONS = DATA.with_stem("demo_translations")
REVIEWED_ON = date(2026, 11, 24)  # the day on which the project reviewed these claims
EDITOR, ADMINISTRATOR = "editor", "admin"
PASSWORD = "hanoi-2019"  # noqa: S105 (public, and only given out where it was asked for)


@dataclass
class Demo:
    """What has been made so far, by the names under which the data refer to it."""

    by: str
    translations: dict[str, Any]
    topics: dict[str, Topic] = field(default_factory=dict)
    speakers: dict[str, Speaker] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)


@transaction.atomic
def load(*, by: str = EDITOR) -> int:
    """Create and publish the demo's claims. Returns how many; 0 when the demo is there already, edited or not."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    if Source.objects.filter(slug=data["sources"]["voa"]["slug"]).exists():
        return 0
    demo = Demo(by, tomllib.loads(TRANSLATIONS.read_text(encoding="utf-8")))
    _translate_scale(demo)
    for slug, name in data["topics"].items():
        demo.topics[slug] = _create(Topic(slug=slug, name=name))
        for language, translated in demo.translations["topics"].get(slug, {}).items():
            _create(TopicTranslation(topic=demo.topics[slug], language=language, name=translated))
    for slug, fields in data["speakers"].items():
        _add_speaker(demo, slug, fields)
    for name, fields in data["sources"].items():
        demo.sources[name] = _create(Source(**fields))
        for language, translated in demo.translations["sources"].get(name, {}).items():
            _create(SourceTranslation(source=demo.sources[name], language=language, **translated))
    publishing.publish_all(list(demo.speakers.values()), by=by)
    for fields in data["claims"]:
        _add_claim(demo, fields)
    _add_policy(by)
    return len(demo.claims)


def _add_policy(by: str) -> None:
    """The corrections policy, in the words that come with the release."""
    slug = PageSlug.CORRECTIONS_POLICY
    own = default_page(slug, settings.LANGUAGE_CODE)
    page = _create(Page(slug=slug, **own))
    for language, _name in settings.LANGUAGES:
        translated = default_page(slug, language)
        if translated["language"] != own["language"]:
            _create(PageTranslation(page=page, **translated))
    publishing.publish(page, by=by)


@transaction.atomic
def create_logins() -> list[str]:
    """Make an editor and an administrator with the demo's password, unless they exist. Returns their names."""
    group, _ = Group.objects.get_or_create(name="Editors")
    desk = Permission.objects.filter(content_type__app_label="claims").exclude(content_type__model="user")
    group.permissions.set(desk)
    if not User.objects.filter(username=EDITOR).exists():
        User.objects.create_user(EDITOR, password=PASSWORD, is_staff=True).groups.add(group)
    if not User.objects.filter(username=ADMINISTRATOR).exists():
        User.objects.create_superuser(ADMINISTRATOR, password=PASSWORD)
    return [EDITOR, ADMINISTRATOR]


def _translate_scale(demo: Demo) -> None:
    """Of the scale that comes with every installation."""
    scale = RatingScale.objects.get(slug="truth")
    for language, fields in demo.translations["scale"].items():
        _create(RatingScaleTranslation(scale=scale, language=language, **fields))
    for slug, translated in demo.translations["ratings"].items():
        for language, fields in translated.items():
            _create(RatingTranslation(rating=scale.ratings.get(slug=slug), language=language, **fields))


def _add_speaker(demo: Demo, slug: str, fields: dict[str, Any]) -> None:
    aliases, roles = fields.pop("aliases", []), fields.pop("roles", [])
    speaker = demo.speakers[slug] = _create(Speaker(slug=slug, **fields))
    for name in aliases:
        _create(SpeakerAlias(speaker=speaker, name=name))
    held = [_create(Affiliation(speaker=speaker, organisation=demo.speakers[role.pop("at")], **role)) for role in roles]
    for language, translated in demo.translations["speakers"].get(slug, {}).items():
        for role, title in zip(held, translated.pop("roles", []), strict=False):
            _create(AffiliationTranslation(affiliation=role, language=language, title=title))
        _create(SpeakerTranslation(speaker=speaker, language=language, **translated))


def _add_claim(demo: Demo, fields: dict[str, Any]) -> None:
    parts = {name: fields.pop(name, []) for name in ("topics", "appearances", "relations", "verdicts")}
    published_unreviewed = fields.pop("published_unreviewed", not parts["verdicts"])
    speaker = demo.speakers[fields.pop("speaker")]
    claim = demo.claims[fields["slug"]] = _create(Claim(speaker=speaker, **fields))
    claim.topics.set(demo.topics[slug] for slug in parts["topics"])
    for position, appearance in enumerate(parts["appearances"], start=1):
        _add_appearance(demo, claim, position, appearance)
    for kind, target in parts["relations"]:
        _create(ClaimRelation(claim=claim, kind=kind, target=demo.claims[target]))
    translations = demo.translations["claims"].get(claim.slug, {})
    findings = {language: _finding_of(fields) for language, fields in translations.items()}
    for language, translated in translations.items():
        _create(
            ClaimTranslation(claim=claim, language=language, **translated, **_known(demo, language, claim, "due_words"))
        )
    if published_unreviewed:
        publishing.publish(claim, by=demo.by)
    for verdict in parts["verdicts"]:
        if verdict is parts["verdicts"][-1]:
            for language, finding in findings.items():
                claim.translations.filter(language=language).update(**finding)
        _publish_verdict(demo, claim, verdict)


def _finding_of(translated: dict[str, str]) -> dict[str, str]:
    """Takes out what translates the last finding: earlier editions must not have it."""
    return {name: translated.pop(name, "").strip() for name in ("summary", "rationale")}


def _add_appearance(demo: Demo, claim: Claim, position: int, fields: dict[str, Any]) -> None:
    chain = fields.pop("attribution", [])
    source = demo.sources[fields.pop("source")]
    speaker = demo.speakers[fields.pop("speaker")] if "speaker" in fields else None
    appearance = _create(Appearance(claim=claim, position=position, source=source, speaker=speaker, **fields))
    for language in demo.translations["texts"]:
        if known := _known(demo, language, appearance, "quotation", "locator"):
            _create(AppearanceTranslation(appearance=appearance, language=language, **known))
    for place, (name, act) in enumerate(chain, start=1):
        _create(AttributionLink(appearance=appearance, position=place, speaker=demo.speakers[name], act=act))


def _publish_verdict(demo: Demo, claim: Claim, fields: dict[str, Any]) -> None:
    """Give the claim this verdict and evidence, in place of any earlier ones, and publish that."""
    evidence, note, correction = fields.pop("evidence", []), fields.pop("note", ""), fields.pop("correction", "")
    rating = Rating.objects.get(scale__slug="truth", slug=fields.pop("rating"))
    claim.evidence.all().delete()
    for position, item in enumerate(evidence, start=1):
        shown = _create(Evidence(claim=claim, position=position, source=demo.sources[item.pop("source")], **item))
        for language in demo.translations["texts"]:
            if known := _known(demo, language, shown, "quotation", "locator", "note"):
                _create(EvidenceTranslation(evidence=shown, language=language, **known))
    Verdict.objects.filter(claim=claim).delete()
    fields["rationale"] = fields.get("rationale", "").strip()
    _create(Verdict(claim=claim, rating=rating, reviewed_on=REVIEWED_ON, **fields))
    said = correction or note
    known = {language: texts[said] for language, texts in demo.translations["texts"].items() if said in texts}
    if correction:
        publishing.correct(claim, by=demo.by, reason=correction, translations=known)
    else:
        publishing.publish(claim, by=demo.by, note=note, translations=known)


def _known(demo: Demo, language: str, item: models.Model, *names: str) -> dict[str, str]:
    """What these texts of an item are in a language, as far as they are translated."""
    texts: dict[str, str] = demo.translations["texts"].get(language, {})
    return {name: texts[getattr(item, name)] for name in names if getattr(item, name) in texts}


def _create(item: Item) -> Item:
    """Save what a form would have let through."""
    item.full_clean()
    item.save()
    return item
