"""What other publishers found, brought to the desk: an external review beside a claim, never a verdict of ours.

A claim is known by its text and its speaker. What is there already is left as it is, so importing a file twice
changes nothing; what an import makes is a draft, until someone publishes it.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from claims.domain import incoming_speakers, incoming_topics, publishing, record
from claims.domain.errors import ImportRefusedError, PublishingError
from claims.domain.incoming import Finding, Incoming, IncomingReview
from claims.domain.incoming_speakers import Found
from claims.domain.status import PublicationState, states_of
from claims.folding import text_key
from claims.models import Claim, Edition, ExternalReview, ImportFinding, ImportRun, Verdict
from claims.models.external_review import review_key
from claims.validators import FORBIDDEN

BATCH = 500  # rows of one transaction
UNDETERMINED = "und"  # BCP 47's tag for a language that is not known
STATED = ("title", "rating", "rating_value", "rating_best", "rating_worst", "language", "reviewed_on")


@dataclass
class Batch:
    """The rows of one transaction, and what was made of them."""

    rows: list[Incoming]
    claims: dict[int, Claim] = field(default_factory=dict)  # by row
    created: list[Claim] = field(default_factory=list)
    reviewed: set[int] = field(default_factory=set)  # claims that have got a review, by primary key


def import_rows(run: ImportRun, rows: Sequence[Incoming]) -> None:
    """Bring `rows`, which follow those that `run` has imported, to the desk, in one transaction.

    Creates claims, their external reviews, topics, and speakers to be looked at; reports findings; and where the run
    publishes, publishes what it created, what an earlier import did, and what is public and has got a review. Raises
    ImportRefusedError, and changes nothing, when another process has imported some of them meanwhile.
    """
    with record.writing():
        done = ImportRun.objects.select_for_update().get(pk=run.pk).rows
        if rows and rows[0].row != done + 1:
            raise ImportRefusedError(
                f"Row {done + 1} is next, not row {rows[0].row}: something else imports this file."
            )
        run.rows = done + len(rows)
        batch = Batch([row for row in rows if not row.is_refused])
        found = incoming_speakers.resolve(batch.rows)
        run.speakers_proposed += len(found.proposed)
        _match_claims(run, batch, found)
        publishable = _publishable(batch) if run.publishes else []
        _add_reviews(run, batch)
        run.rows_refused += sum(row.is_refused for row in rows)
        if run.publishes:
            _publish(run, batch, publishable)
        _report(run, rows)
        run.save()


def _match_claims(run: ImportRun, batch: Batch, found: Found) -> None:
    proposed = {speaker.pk for speaker in found.proposed}
    by_text = _claims_by_text(batch.rows)
    reviewed = _claims_by_review(by_text)
    for row in batch.rows:
        if row.row not in found.speakers:
            continue
        speaker = found.speakers[row.row]
        same_text = by_text.setdefault(text_key(row.text), [])
        is_nobody = speaker.pk in found.unnamed
        claim = (is_nobody and _reviewed_there(row, reviewed)) or _said_by(speaker.pk, same_text, is_nobody=is_nobody)
        if claim and claim.speaker_id != speaker.pk:
            message = "The file does not say who made it. The claim of the same text that is there was taken."
            row.findings.append(Finding("speaker", "", message))
        if claim is None and (claim := _new_claim(run, row, speaker.pk)):
            same_text.append(claim)
            batch.created.append(claim)
            run.claims_created += 1
        elif claim:
            run.claims_matched += 1
            _report_difference(claim, row)
        run.speakers_matched += speaker.pk not in proposed
        if claim:
            batch.claims[row.row] = claim
            reviewed |= {(text_key(row.text), _key(review)): claim for review in row.reviews}
    incoming_speakers.set_slugs(batch.created)
    Claim.objects.bulk_create(batch.created)
    topics = {claim.uid: row.topics for row in batch.rows if (claim := batch.claims.get(row.row))}
    incoming_topics.add_topics({claim: topics[claim.uid] for claim in batch.created}, batch.rows)


def _claims_by_text(rows: Sequence[Incoming]) -> dict[str, list[Claim]]:
    by_text: dict[str, list[Claim]] = {}
    for claim in Claim.objects.filter(text_key__in={text_key(row.text) for row in rows}).order_by("pk"):
        by_text.setdefault(claim.text_key, []).append(claim)
    return by_text


def _claims_by_review(by_text: dict[str, list[Claim]]) -> dict[tuple[str, str], Claim]:
    """Of texts that several have said, each claim by its text and the keys of its reviews."""
    claims = {claim.pk: claim for same_text in by_text.values() if len(same_text) > 1 for claim in same_text}
    reviews = ExternalReview.objects.filter(claim__in=claims).values_list("claim", "key") if claims else ()
    return {(claims[pk].text_key, key): claims[pk] for pk, key in reviews}


def _said_by(speaker: int, same_text: list[Claim], *, is_nobody: bool) -> Claim | None:
    """Nobody in particular may be whoever made the only claim of this text."""
    theirs = next((claim for claim in same_text if claim.speaker_id == speaker), None)
    return theirs or (same_text[0] if is_nobody and len(same_text) == 1 else None)


def _reviewed_there(row: Incoming, reviewed: dict[tuple[str, str], Claim]) -> Claim | None:
    """The claim that has a review of the row already: it was the only one of this text once."""
    keys = ((text_key(row.text), _key(review)) for review in row.reviews)
    return next((reviewed[key] for key in keys if key in reviewed), None)


def _key(review: IncomingReview) -> str:
    return review_key(review.publisher, review.url, review.identifier)


def _new_claim(run: ImportRun, row: Incoming, speaker: int) -> Claim | None:
    if not row.language:
        message = f"No language is given. The claim was recorded as undetermined ({UNDETERMINED})."
        row.findings.append(Finding("language", "", message))
    claim = Claim(
        text=row.text,
        text_key=text_key(row.text),
        speaker_id=speaker,
        language=row.language or UNDETERMINED,
        claimed_on=row.claimed_on,
        internal_note=row.note,
        import_run=run,
    )
    valid = incoming_speakers.is_valid(claim, row.findings, exclude={"speaker", "import_run", "text_key"})
    return claim if valid else None


def _report_difference(claim: Claim, row: Incoming) -> None:
    if row.claimed_on and claim.claimed_on and row.claimed_on != claim.claimed_on:
        message = "The claim is recorded as made on another day. That was left."
        row.findings.append(Finding("claimed_on", row.claimed_on, message, claim.claimed_on))


def _add_reviews(run: ImportRun, batch: Batch) -> None:
    claims = {claim.pk for claim in batch.claims.values()} - {claim.pk for claim in batch.created}
    known = {(review.claim_id, review.key): review for review in ExternalReview.objects.filter(claim__in=claims)}
    new: dict[tuple[int, str], ExternalReview] = {}
    newer: dict[int, ExternalReview] = {}
    for row in batch.rows:
        for incoming in row.reviews if row.row in batch.claims else ():
            claim = batch.claims[row.row].pk
            key = _key(incoming)
            existing = known.get((claim, key)) or new.get((claim, key))
            if existing is None:
                if review := _new_review(claim, key, incoming, row.findings):
                    new[claim, key] = review
                continue
            run.reviews_matched += 1
            if _bring_up_to_date(existing, incoming, row.findings) and existing.pk:
                newer[existing.pk] = existing
    ExternalReview.objects.bulk_create(new.values())
    ExternalReview.objects.bulk_update(newer.values(), STATED)
    run.reviews_created += len(new)
    batch.reviewed = {claim for claim, _ in new} | {review.claim_id for review in newer.values()}


def _new_review(claim: int, key: str, incoming: IncomingReview, findings: list[Finding]) -> ExternalReview | None:
    review = ExternalReview(claim_id=claim, key=key, **asdict(incoming))
    try:
        review.clean_fields(exclude={"claim", "key"})
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            value = str(getattr(review, name, ""))
            findings += [Finding(f"review.{name}", value, f"The review was left out. {text}") for text in messages]
        return None
    return review


def _bring_up_to_date(review: ExternalReview, incoming: IncomingReview, findings: list[Finding]) -> bool:
    """Takes over what a publisher says later, and nothing else: importing an older file again must not undo it."""
    differing = [name for name in STATED if getattr(review, name) != getattr(incoming, name)]
    if not differing:
        return False
    is_newer = incoming.reviewed_on > review.reviewed_on  # any date is, where none was known
    for name in differing:
        before, now = getattr(review, name), getattr(incoming, name)
        if is_newer:
            findings.append(Finding(f"review.{name}", before, "This was recorded until this later review.", now))
        else:
            findings.append(Finding(f"review.{name}", now, "Something else is recorded, and was left.", before))
    if not is_newer:
        return False
    before_update = {name: getattr(review, name) for name in STATED}
    for name in STATED:
        setattr(review, name, getattr(incoming, name))
    try:
        review.clean_fields(exclude={"claim", "key"})
    except ValidationError as error:
        findings.append(Finding("review", review.rating, f"It was left as it was. {' '.join(error.messages)}"))
        for name, value in before_update.items():
            setattr(review, name, value)
        return False
    return True


def _publishable(batch: Batch) -> list[Claim]:
    """Claims that were there and whose publication shows no more than an import brings, before it brings anything."""
    created = {claim.uid for claim in batch.created}
    matched = list({claim.uid: claim for claim in batch.claims.values() if claim.uid not in created}.values())
    if not matched:
        return []
    states = states_of(matched)
    judged = set(Verdict.objects.filter(claim__in=matched).values_list("claim", flat=True))
    return [
        claim
        for claim in matched
        if states[claim.uid] == PublicationState.PUBLISHED
        or (states[claim.uid] == PublicationState.DRAFT and claim.import_run_id and claim.pk not in judged)
    ]


def _publish(run: ImportRun, batch: Batch, matched: list[Claim]) -> None:
    claims: list[Claim] = [*batch.created, *matched]
    try:
        with transaction.atomic():
            editions = publishing.publish_all(claims, by=run.started_by) if claims else []
    except PublishingError:
        editions = [edition for claim in claims for edition in _publish_one(run, batch, claim)]
    wanted = {claim.uid for claim in claims}
    run.claims_published += sum(edition.uid in wanted for edition in editions)


def _publish_one(run: ImportRun, batch: Batch, claim: Claim) -> list[Edition]:
    try:
        with transaction.atomic():
            return publishing.publish_all([claim], by=run.started_by)
    except PublishingError as error:
        row = next(row for row in batch.rows if batch.claims.get(row.row) is claim)
        row.findings.append(Finding("", row.text, f"It was not published. {error}"))
        return []


def _report(run: ImportRun, rows: Sequence[Incoming]) -> None:
    ImportFinding.objects.bulk_create(
        ImportFinding(
            run=run,
            row=row.row,
            field=_storable(finding.field)[:100],
            value=_storable(finding.value)[:300],
            message=_storable(finding.message)[:300],
            outcome=_storable(finding.outcome)[:300],
            refused=finding.refused,
        )
        for row in rows
        for finding in row.findings
    )


def _storable(text: str) -> str:
    return FORBIDDEN.sub("�", text)
