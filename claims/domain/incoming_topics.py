"""The topics of incoming claims: those of the same name, or new ones."""

from collections.abc import Iterable, Mapping

from django.utils.text import slugify

from claims.domain.incoming import Finding, Incoming
from claims.domain.incoming_speakers import is_valid, set_slugs
from claims.folding import fold
from claims.models import Claim, Topic


def add_topics(wanted: Mapping[Claim, list[str]], rows: Iterable[Incoming]) -> None:
    """Give each new claim its topics. A topic is known by its name, whatever its case, or by the slug of it."""
    names = {name for topics in wanted.values() for name in topics}
    if not names:
        return
    topics = _existing(names)
    new: dict[str, Topic] = {}
    findings: list[Finding] = []
    for name in sorted(names):
        key = _key(name)
        if key not in topics and key not in new and is_valid(topic := Topic(name=name), findings):
            new[key] = topic
    set_slugs(list(new.values()))
    Topic.objects.bulk_create(new.values())
    topics |= new
    through = Claim.topics.through
    pairs = {(claim.pk, topics[_key(n)].pk) for claim, given in wanted.items() for n in given if _key(n) in topics}
    through.objects.bulk_create([through(claim_id=claim, topic_id=topic) for claim, topic in sorted(pairs)])
    _report(findings, rows)


def _existing(names: set[str]) -> dict[str, Topic]:
    slugs = {slugify(name) for name in names} - {""}
    found = {topic.slug: topic for topic in Topic.objects.filter(slug__in=slugs)}
    return found | {_key(topic.name): topic for topic in Topic.objects.filter(name__in=names)}


def _key(name: str) -> str:
    """Equal for “Health care” and health-care."""
    return slugify(name) or fold(name)


def _report(findings: list[Finding], rows: Iterable[Incoming]) -> None:
    """A topic that no form would take is left out, and its claims are imported all the same."""
    for finding in findings:
        for row in rows:
            if finding.value in row.topics:
                row.findings.append(Finding("topics", finding.value, f"It was left out. {finding.message}"))
