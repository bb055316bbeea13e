"""Links to feeds."""

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse

register = template.Library()

# What pages of lists and results have beside filters.
PLACES = ("before", "after", "page", "sort")


@register.simple_tag(takes_context=True)
def claims_feed(context: Context, form: str) -> str:
    """The address of the feed (`atom` or `json`) of the claims that the page lists, by the filters in its address."""
    request: HttpRequest = context["request"]
    filters = request.GET.copy()
    for name in PLACES:
        filters.pop(name, None)
    query = filters.urlencode()
    address = reverse("web:claims-feed", args=[form])
    return f"{address}?{query}" if query else address
