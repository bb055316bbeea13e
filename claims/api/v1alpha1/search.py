from datetime import date, timedelta

from django.db.models import Q

from claims.api.v1alpha1.parameters import Search
from claims.filters import ClaimFilter
from claims.models import PublishedClaim
from claims.models.projection import PublishedClaimQuerySet


def fact_checks(search: Search, *, site: str, today: date) -> PublishedClaimQuerySet:
    """The claims with a verdict that answer `search`, the newest first. `site` is our own (see `site_of`)."""
    wanted = search.publisher_site.lower().removeprefix("www.")
    claims: PublishedClaimQuerySet = PublishedClaim.objects.exclude(conclusive=None).order_by("-first_sequence")
    if wanted not in {"", site}:
        return claims.none()
    if search.query:
        claims = ClaimFilter(queryset=claims).search(claims, "q", search.query)
    if search.language_code:
        claims = claims.filter(_in_language(search.language_code))
    if search.max_age_days:
        claims = claims.filter(_since(search.max_age_days, today))
    return claims


def _in_language(code: str) -> Q:
    """Only the language itself counts: `pt-BR` finds what is in `pt` or `pt-PT`, too."""
    language = code.partition("-")[0].lower()
    return Q(language=language) | Q(language__startswith=f"{language}-")


def _since(days: int, today: date) -> Q:
    """The newer of the two dates decides; one known to the month or year is as new as it may be."""
    first = today - timedelta(days=min(days, (today - date.min).days))
    return Q(reviewed_on__gte=first) | Q(claimed_to__gte=first)
