from datetime import date, timedelta

from django.db.models import Q

from claims.api.v1alpha1.parameters import Search
from claims.domain.search import found_by
from claims.domain.search import search as interpreted
from claims.models import PublishedClaim, PublishedReference
from claims.models.projection import REVIEW_SITE, PublishedClaimQuerySet

# Made once, since making it takes as long as asking it.
REVIEWED_BY_OTHERS = PublishedReference.objects.filter(kind=REVIEW_SITE)
BY_US_OR_OTHERS = Q(conclusive__isnull=False) | Q(first_sequence__in=REVIEWED_BY_OTHERS.values("referrer"))


def fact_checks(search: Search, *, site: str, today: date) -> PublishedClaimQuerySet:
    """The reviewed claims that answer `search`, the newest first. `site` is our own (see `addresses.site_of`)."""
    conditions = _reviewed_by(search.publisher_site, site)
    if search.language_code:
        conditions &= _in_language(search.language_code)
    if search.max_age_days:
        conditions &= _since(search.max_age_days, today)
    claims = PublishedClaim.objects.filter(conditions)
    if search.query:
        claims = found_by(claims, interpreted(search.query))
    # Last, since it is the engine's own key that has to give the order (see `PublishedClaimQuerySet`).
    return claims.order_by("-first_sequence")


def _reviewed_by(publisher: str, site: str) -> Q:
    """With a verdict of ours, a review of another publisher, or that of the one that is asked for."""
    if publisher == site:
        return Q(conclusive__isnull=False)
    if publisher:
        return Q(first_sequence__in=REVIEWED_BY_OTHERS.filter(slug=publisher[:100]).values("referrer"))
    return BY_US_OR_OTHERS


def _in_language(code: str) -> Q:
    """Only the language itself counts: `pt-BR` finds what is in `pt` or `pt-PT`, too."""
    language = code.partition("-")[0].lower()
    return Q(language=language) | Q(language__startswith=f"{language}-")


def _since(days: int, today: date) -> Q:
    """The newest of the dates decides; one known to the month or year is as new as it may be."""
    first = today - timedelta(days=min(days, (today - date.min).days))
    return Q(reviewed_on__gte=first) | Q(claimed_to__gte=first) | Q(external_reviewed_on__gte=first)
