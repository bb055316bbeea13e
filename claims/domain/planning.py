"""What publishing, correcting or retracting would do, worked out before it is done, and done as it was shown."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import nonmember

from django.db.models import TextChoices

from claims.domain import documents, publishing, record
from claims.domain.comparing import Difference, differences
from claims.domain.current import current_documents
from claims.domain.documents import Key
from claims.domain.drafts import MODELS
from claims.domain.errors import PublishingError
from claims.domain.record import Document
from claims.domain.status import PublicationState, states_of
from claims.enums import RecordKind
from claims.models import Claim, ClaimRelation, Edition, Publishable, PublishedReference


class Change(TextChoices):
    """What an editor asks for. The values stand in addresses."""

    PUBLISH = "publish", "Publish"
    CORRECT = "correct", "Publish correction"
    RETRACT = "retract", "Retract"

    needs_reason = nonmember(frozenset({"correct", "retract"}))


@dataclass(frozen=True)
class Step:
    """One object: the document that readers have of it, and the one that they would get; None for none."""

    item: Publishable
    before: Document | None
    after: Document | None

    @property
    def differences(self) -> list[Difference]:
        return differences(self.before, self.after)


@dataclass(frozen=True)
class Plan:
    """What a change of several objects would do. `problem` says why it cannot be done; "" when it can."""

    change: Change
    steps: list[Step]
    problem: str = ""
    along: list[Publishable] = field(default_factory=list)
    """Named objects that are not public yet and would be published together with these."""
    held_back: list[Publishable] = field(default_factory=list)
    """Named objects with changes of their own, which would stay on the desk."""
    hidden: list[Claim] = field(default_factory=list)
    """Related claims that are not public, so that readers would not see the relation."""
    naming: int = 0
    """How many public pages name these objects."""
    fingerprint: str = ""
    """Stands for everything that readers would get; another plan with the same one does the same."""

    @property
    def changes_something(self) -> bool:
        return bool(self.along) or any(step.before != step.after for step in self.steps)


def plan(items: Sequence[Publishable], change: Change) -> Plan:
    """Works out `change` for `items`, all of one kind. Changes nothing."""
    current = current_documents(documents.key_of(item) for item in items)
    if change in Change.needs_reason and len(current) < len(items):
        done = "corrected" if change == Change.CORRECT else "retracted"
        return Plan(change, _steps(items, current, current), f"Only what is public can be {done}.")
    if change == Change.RETRACT:
        return _finished(Plan(change, _steps(items, current, {}), naming=_naming(items)), [])
    try:
        assembled = publishing.preview_all(items)
    except PublishingError as error:
        return Plan(change, _steps(items, current, current), str(error))
    return _plan_of_documents(items, change, current, assembled)


def carry_out(  # noqa: PLR0913 (what the page that asks has)
    items: Sequence[Publishable],
    change: Change,
    *,
    by: str,
    note: str,
    seen: str,
    translations: publishing.Notes = publishing.NO_NOTES,
) -> list[Edition]:
    """Publish, correct or retract `items`, all or none; `seen` is the fingerprint of the plan that was agreed to.

    `translations`: the note in further languages.

    Returns the editions of `items` that were appended, and none for those whose public state does not change. Raises
    PublishingError as `publishing` does, and when the desk or the record has moved on since the plan was made.
    """
    with record.writing():
        now = plan(items, change)
        if now.problem:
            raise PublishingError(now.problem)
        if now.fingerprint != seen:
            raise PublishingError("Something changed since this page was opened. Look again before you confirm.")
        match change:
            case Change.PUBLISH:
                editions = publishing.publish_all(items, by=by, note=note, translations=translations)
            case Change.CORRECT:
                corrected = (publishing.correct(item, by=by, reason=note, translations=translations) for item in items)
                editions = [edition for edition in corrected if edition]
            case Change.RETRACT:
                editions = [publishing.retract(item, by=by, reason=note, translations=translations) for item in items]
    asked = {item.uid for item in items}
    return list({edition.uid: edition for edition in editions if edition.uid in asked}.values())


def _plan_of_documents(
    items: Sequence[Publishable], change: Change, current: dict[Key, Document], assembled: dict[Key, Document]
) -> Plan:
    asked = {documents.key_of(item) for item in items}
    named = set().union(*(documents.references(assembled[key]) for key in asked)) - asked
    companions = assembled.keys() - asked
    return _finished(
        Plan(
            change,
            _steps(items, current, assembled),
            along=_load(companions),
            held_back=_with_changes(named - companions),
            hidden=_hidden_relations(items, named | asked),
            naming=_naming(items),
        ),
        [assembled[key] for key in sorted(companions)],
    )


def _finished(plan: Plan, along: list[Document]) -> Plan:
    shown = {"steps": [[step.before, step.after] for step in plan.steps], "along": along}
    fingerprint = hashlib.sha256(record.canonical(shown).encode()).hexdigest()
    return Plan(**{**vars(plan), "fingerprint": fingerprint})


def _steps(items: Iterable[Publishable], before: dict[Key, Document], after: dict[Key, Document]) -> list[Step]:
    keys = ((item, documents.key_of(item)) for item in items)
    return [Step(item, before.get(key), after.get(key)) for item, key in keys]


def _load(keys: Iterable[Key]) -> list[Publishable]:
    uids: dict[str, list[str]] = defaultdict(list)
    for kind, uid in keys:
        uids[kind].append(uid)
    return [
        item
        for kind, model in MODELS.items()
        if kind in uids
        for item in model._default_manager.filter(uid__in=uids[kind])
    ]


def _with_changes(keys: Iterable[Key]) -> list[Publishable]:
    by_kind: dict[RecordKind, list[Publishable]] = defaultdict(list)
    for item in _load(keys):
        by_kind[item.record_kind].append(item)
    return [
        item
        for items in by_kind.values()
        for states in [states_of(items)]
        for item in items
        if states[item.uid] == PublicationState.CHANGED
    ]


def _hidden_relations(items: Sequence[Publishable], public: set[Key]) -> list[Claim]:
    claims = [item for item in items if isinstance(item, Claim)]
    relations = ClaimRelation.objects.filter(claim__in=claims).select_related("target") if claims else ()
    targets = {relation.target for relation in relations}
    return sorted((target for target in targets if documents.key_of(target) not in public), key=lambda claim: claim.pk)


def _naming(items: Sequence[Publishable]) -> int:
    names = PublishedReference.objects.filter(kind=items[0].record_kind, uid__in=[item.uid for item in items])
    return names.values("referrer").distinct().count()
