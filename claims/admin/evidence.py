from claims.admin.base import DeskStackedInline
from claims.models import Claim, Evidence


class EvidenceInline(DeskStackedInline[Evidence, Claim]):
    model = Evidence
    show_change_link = True  # to its translations
    autocomplete_fields = ["source"]
    fieldsets = [
        (
            None,
            {
                "fields": ["source", "stance", "quotation", "note", ("locator", "position")],
                "description": "Readers see evidence as part of a verdict, not before there is one.",
            },
        )
    ]
