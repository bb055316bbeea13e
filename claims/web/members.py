"""What readers call the members of documents, where they see what changed in one."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

# By the words of `claims.domain.comparing`.
MEMBERS = {
    "SHA-256 of the saved content": pgettext_lazy("member", "SHA-256 of the saved content"),
    "Wikidata id": pgettext_lazy("member", "Wikidata id"), "act": pgettext_lazy("member", "act"),
    "address": pgettext_lazy("member", "address"), "affiliations": pgettext_lazy("member", "affiliations"),
    "aliases": pgettext_lazy("member", "aliases"), "appearances": pgettext_lazy("member", "appearances"),
    "archived address": pgettext_lazy("member", "archived address"),
    "archived at": pgettext_lazy("member", "archived at"), "attribution": pgettext_lazy("member", "attribution"),
    "authors": pgettext_lazy("member", "authors"), "best": pgettext_lazy("member", "best"),
    "body": pgettext_lazy("member", "body"),
    "claim": pgettext_lazy("member", "claim"), "conclusive": pgettext_lazy("member", "conclusive"),
    "criterion": pgettext_lazy("member", "criterion"), "date": pgettext_lazy("member", "date"),
    "definition": pgettext_lazy("member", "definition"), "description": pgettext_lazy("member", "description"),
    "due by": pgettext_lazy("member", "due by"), "due from": pgettext_lazy("member", "due from"),
    "end": pgettext_lazy("member", "end"), "evidence": pgettext_lazy("member", "evidence"),
    "external reviews": pgettext_lazy("member", "external reviews"), "forecast": pgettext_lazy("member", "forecast"),
    "granularity": pgettext_lazy("member", "granularity"), "kind": pgettext_lazy("member", "kind"),
    "label": pgettext_lazy("member", "label"), "language": pgettext_lazy("member", "language"),
    "locator": pgettext_lazy("member", "locator"), "made on": pgettext_lazy("member", "made on"),
    "medium": pgettext_lazy("member", "medium"), "name": pgettext_lazy("member", "name"),
    "note": pgettext_lazy("member", "note"), "organisation": pgettext_lazy("member", "organisation"),
    "prefix": pgettext_lazy("member", "prefix"), "public address": pgettext_lazy("member", "public address"),
    "published on": pgettext_lazy("member", "published on"), "publisher": pgettext_lazy("member", "publisher"),
    "quotation": pgettext_lazy("member", "quotation"), "rating": pgettext_lazy("member", "rating"),
    "rating best": pgettext_lazy("member", "rating best"), "rating value": pgettext_lazy("member", "rating value"),
    "rating worst": pgettext_lazy("member", "rating worst"), "ratings": pgettext_lazy("member", "ratings"),
    "rationale": pgettext_lazy("member", "rationale"), "relations": pgettext_lazy("member", "relations"),
    "reviewed on": pgettext_lazy("member", "reviewed on"), "roles": pgettext_lazy("member", "roles"),
    "scale": pgettext_lazy("member", "scale"), "source": pgettext_lazy("member", "source"),
    "speaker": pgettext_lazy("member", "speaker"), "stance": pgettext_lazy("member", "stance"),
    "start": pgettext_lazy("member", "start"), "suffix": pgettext_lazy("member", "suffix"),
    "summary": pgettext_lazy("member", "summary"), "text": pgettext_lazy("member", "text"),
    "title": pgettext_lazy("member", "title"), "topics": pgettext_lazy("member", "topics"),
    "translations": pgettext_lazy("member", "translations"), "value": pgettext_lazy("member", "value"),
    "verdict": pgettext_lazy("member", "verdict"), "wording": pgettext_lazy("member", "wording"),
    "words": pgettext_lazy("member", "words"), "worst": pgettext_lazy("member", "worst"),
}  # fmt: skip


def path_in_words(path: str) -> str:
    """`evidence 2 › quotation` in the language of the page. A member that has no name here keeps its own."""
    words = " › ".join(map(_in_words, path.split(" › ")))
    return words[:1].upper() + words[1:]


def _in_words(member: str) -> str:
    match = re.fullmatch(r"(.+) (\d+)", member)
    if match is None:
        return str(MEMBERS.get(member, member))
    return _("%(member)s %(number)s") % {"member": MEMBERS.get(match[1], match[1]), "number": match[2]}
