"""The form with which anyone sends us a claim, and what keeps machines from doing so in bulk."""

import re
import secrets
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from claims.models.tip import TEXT_LENGTH
from claims.validators import validate_address, validate_text

SALT = "claims.tips"
LEAST_AGE = 3  # seconds between getting the form and sending it: nobody types faster
MOST_AGE = 24 * 60 * 60
MOST_LINKS = 5
SHORTEST = 10
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def new_stamp() -> str:
    """A signed text that says when a form was given out; each serves for one tip."""
    return signing.dumps(secrets.token_urlsafe(12), salt=SALT)


class TipForm(forms.Form):
    text = forms.CharField(
        label=_("What was said, by whom, and when?"),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        max_length=TEXT_LENGTH,
        required=False,
        validators=[validate_text],
    )
    url = forms.CharField(
        label=_("Where can it be read, heard or seen?"),
        widget=forms.URLInput(attrs={"placeholder": "https://", "dir": "ltr"}),
        max_length=2000,
        required=False,
        validators=[validate_text],
    )
    contact = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, required=False, widget=forms.EmailInput(attrs={"dir": "ltr"})
    )
    # Hidden from people; programs fill in whatever they find.
    website = forms.CharField(label=_("Leave this empty"), required=False, widget=forms.TextInput)
    stamp = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)
    nonce = ""

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if url:
            validate_address(url)
        return url

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("A field that should stay empty was filled in, so this looks like a program."))
        return ""

    def clean_stamp(self) -> str:
        stamp: str = self.cleaned_data["stamp"]
        try:
            self.nonce = signing.loads(stamp, salt=SALT, max_age=MOST_AGE)
        except signing.BadSignature:
            raise ValidationError(_("This form is too old. It has been renewed: please send it again.")) from None
        return stamp

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        text, url = given.get("text", ""), given.get("url", "")
        if not self.errors and not url and len(text) < SHORTEST:
            raise ValidationError(_("Write what was said, or the address where it can be found."))
        if len(LINK.findall(text)) > MOST_LINKS:
            raise ValidationError(_("There are too many links in it. Name the one that matters most."))
        return given

    def was_too_fast(self) -> bool:
        """Whether it came back sooner than anyone could have read it. Only for a valid form."""
        try:
            signing.loads(self.cleaned_data["stamp"], salt=SALT, max_age=LEAST_AGE)
        except signing.SignatureExpired:
            return False
        return True
