"""Tips from the public: taken in, bounded, answered, and forgotten as far as they concern a person."""

import hashlib
import re
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from claims import addresses
from claims.enums import TipState
from claims.folding import fold, text_key
from claims.models import Claim, Tip
from claims.visible import is_blank

WORD = re.compile(r"\w+")
MOST_OF_ONE = 5  # from one network address in a day
MOST_OF_ALL = 300  # from everyone in an hour: a flood from many addresses fills no inbox
# Of the same words in a day, from everyone: what spreads is sent by many, and how many tells colleagues something.
MOST_OF_SAME = 3

# Which states a tip may go to from each; staying is always possible.
TRANSITIONS: dict[str, frozenset[str]] = {
    TipState.NEW: frozenset({TipState.TAKEN, TipState.DECLINED, TipState.CLAIMED}),
    TipState.TAKEN: frozenset({TipState.DECLINED, TipState.CLAIMED}),
    TipState.DECLINED: frozenset({TipState.TAKEN, TipState.CLAIMED}),
    TipState.CLAIMED: frozenset({TipState.TAKEN}),
}


class TooManyTipsError(Exception):
    """No more tips are taken in now, from this sender or from anyone. `from_sender` says which."""

    def __init__(self, *, from_sender: bool) -> None:
        super().__init__("Too many tips.")
        self.from_sender = from_sender


class TipSentAlreadyError(Exception):
    """The inbox has these words already, from this sender or often enough from others. `from_sender` says which."""

    def __init__(self, *, from_sender: bool) -> None:
        super().__init__("It was sent already.")
        self.from_sender = from_sender


class TipError(Exception):
    """Why a tip cannot go to a state, in a sentence for the editor."""


@transaction.atomic
def send(text: str, url: str, *, contact: str, sender: str, token: str) -> Tip:
    """Take a tip in. `sender`: a network address. `token`: what makes its status page's address.

    Sent twice with one token, it is one tip. Also forgets contacts that are old enough. Raises TipSentAlreadyError and
    TooManyTipsError.
    """
    digest = digest_of(token)
    if sent := Tip.objects.filter(token_digest=digest).first():
        return sent
    forget_contacts()
    origin, key = origin_of(sender), words_key(text, url)
    _refuse_the_same(origin, key)
    _refuse_too_many(origin)
    given = {"text": text, "url": url, "contact": contact, "origin": origin, "words_key": key}
    return Tip.objects.get_or_create(token_digest=digest, defaults=given)[0]


def _refuse_the_same(origin: str, key: str) -> None:
    origins = list(Tip.objects.of_words(key, timezone.now() - timedelta(days=1)).values_list("origin", flat=True))
    if origin in origins:
        raise TipSentAlreadyError(from_sender=True)
    if len(origins) >= MOST_OF_SAME:
        raise TipSentAlreadyError(from_sender=False)


def _refuse_too_many(origin: str) -> None:
    now = timezone.now()
    if Tip.objects.from_origin(origin, now - timedelta(days=1)).count() >= MOST_OF_ONE:
        raise TooManyTipsError(from_sender=True)
    if Tip.objects.filter(sent_at__gte=now - timedelta(hours=1)).count() >= MOST_OF_ALL:
        raise TooManyTipsError(from_sender=False)


@transaction.atomic
def decide(tip: Tip, state: str, *, answer: str, claim: Claim | None) -> Tip:
    """Put down what becomes of a tip; the sender sees state and answer at once. Raises TipError."""
    locked = Tip.objects.select_for_update().get(pk=tip.pk)
    if problem := refusal(locked.state, state, answer=answer, claim=claim):
        raise TipError(problem)
    locked.state, locked.answer, locked.claim = state, answer, claim
    locked.save(update_fields=["state", "answer", "claim"])
    return locked


def refusal(before: str, after: str, *, answer: str, claim: Claim | None) -> str:
    """Why a tip cannot go from one state to another; "" when it can."""
    if after != before and after not in TRANSITIONS[before]:
        return f"“{TipState(before).label}” cannot become “{TipState(after).label}”."
    if after == TipState.DECLINED and is_blank(answer):
        return "Tell the sender why it is declined."
    return "Say which claim it became." if after == TipState.CLAIMED and claim is None else ""


def became(tip: Tip, claim: Claim) -> Tip:
    """Note that `claim` was made of it."""
    return decide(tip, TipState.CLAIMED, answer=tip.answer, claim=claim)


@transaction.atomic
def withdraw(tip: Tip) -> None:
    """Delete it, as its sender may at any time."""
    Tip.objects.filter(pk=tip.pk).delete()


def forget_contacts() -> int:
    """Delete the e-mail addresses and fingerprints that were kept long enough. Returns how many addresses."""
    now = timezone.now()
    Tip.objects.filter(sent_at__lt=now - timedelta(days=2)).exclude(origin="").update(origin="")
    kept_until = now - timedelta(days=settings.TIP_CONTACT_DAYS)
    return Tip.objects.with_contact_since_before(kept_until).update(contact="")


def of_token(token: str) -> Tip | None:
    return Tip.objects.select_related("claim").filter(token_digest=digest_of(token)).first()


def words_key(text: str, url: str) -> str:
    """By which tips that say the same are found, whatever their case, accents, spaces and signs; without words, the
    address says it."""
    words = " ".join(WORD.findall(fold(text)))
    return text_key(words or text or addresses.normalise(url))


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def origin_of(sender: str) -> str:
    """Tells apart senders of one day, and nothing else: the key changes at midnight (UTC)."""
    return salted_hmac(f"tips {timezone.now():%Y-%m-%d}", sender, algorithm="sha256").hexdigest()[:32]
