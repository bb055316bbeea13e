from datetime import date, timedelta

from django.db.models import Q

from claims.api.v1alpha1.parameters import Search
from claims.filters import ClaimFilter
from claims.models import PublishedClaim, PublishedReference
from claims.models.projection import REVIEW_SITE, PublishedClaimQuerySet

# Made once: making it costs as much as answering.
FILTERS = ClaimFilter(queryset=PublishedClaim.objects.none())


def fact_checks(search: Search, *, site: str, today: date) -> PublishedClaimQuerySet:
    """The reviewed claims that answer `search`, the newest first. `site` is our own (see `addresses.site_of`)."""
    claims = PublishedClaim.objects.filter(_reviewed_by(search.publisher_site, site))
    if search.query:
        claims = FILTERS.search(claims, "q", search.query)
    if search.language_code:
        claims = claims.filter(_in_language(search.language_code))
    if search.max_age_days:
        claims = claims.filter(_since(search.max_age_days, today))
    # Last, since it is the engine's own key that has to give the order (see `PublishedClaimQuerySet`).
    return claims.order_by("-first_sequence")


def _reviewed_by(publisher: str, site: str) -> Q:
    """With a verdict of ours, a review of another publisher, or that of the one that is asked for."""
    ours, others = Q(conclusive__isnull=False), PublishedReference.objects.filter(kind=REVIEW_SITE)
    if publisher == site:
        return ours
    if publisher:
        return Q(first_sequence__in=others.filter(slug=publisher[:100]).values("referrer"))
    return ours | Q(first_sequence__in=others.values("referrer"))


def _in_language(code: str) -> Q:
    """Only the language itself counts: `pt-BR` finds what is in `pt` or `pt-PT`, too."""
    language = code.partition("-")[0].lower()
    return Q(language=language) | Q(language__startswith=f"{language}-")


def _since(days: int, today: date) -> Q:
    """The newest of the dates decides; one known to the month or year is as new as it may be."""
    first = today - timedelta(days=min(days, (today - date.min).days))
    return Q(reviewed_on__gte=first) | Q(claimed_to__gte=first) | Q(external_reviewed_on__gte=first)
