"""Send us a claim: a form, what we have published already, and a page on which its sender sees what became of it.

None of these answers may be kept by a cache, and none tells others the address of a status page.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from claims.domain import tips
from claims.domain.matching import similar
from claims.models import PublishedClaim, Tip
from claims.web.client_address import client_address
from claims.web.public_address import public_address
from claims.web.tip_form import SALT, TipForm, new_stamp
from claims.web.translations import localised


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tip_form(request: HttpRequest) -> HttpResponse:
    """The form; sent once, what is like it; sent from there with `send`, the tip is ours."""
    if request.method != "POST":
        return _form(request, TipForm(initial={"stamp": new_stamp()}))
    form = TipForm(request.POST)
    if not form.is_valid():
        return _form(request, _renewed(request, form), status=400)
    if "edit" in request.POST:
        return _form(request, form)
    if "send" not in request.POST:
        found = list(map(localised, similar(form.cleaned_data["text"], form.cleaned_data["url"])))
        return _form(request, form, found=found, is_checked=True)
    if form.was_too_fast():
        form.add_error(None, gettext("That was very fast. Wait a few seconds and send it once more."))
        return _form(request, form, status=400)
    return _sent(request, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tip(request: HttpRequest, token: str) -> HttpResponse:
    """What became of one tip, for whoever has its address; they may also withdraw it."""
    found = tips.of_token(token)
    if found is None:
        raise Http404
    if request.method == "POST":
        tips.withdraw(found)
        return _private(render(request, "claims/tip-withdrawn.html"))
    context = {
        "tip": found,
        "claim": _published(found),
        "address": public_address(request, request.path),
        "contact_days": settings.TIP_CONTACT_DAYS,
    }
    return _private(render(request, "claims/tip.html", context))


def _sent(request: HttpRequest, form: TipForm) -> HttpResponse:
    given, token = form.cleaned_data, salted_hmac(SALT, form.nonce, algorithm="sha256").hexdigest()[:40]
    try:
        tips.send(given["text"], given["url"], contact=given["contact"], sender=client_address(request), token=token)
    except tips.TipSentAlreadyError as error:
        form.add_error(None, _sent_already(error))
        return _form(request, form, status=409)
    except tips.TooManyTipsError as error:
        own = gettext("You have sent us several claims today. Send us more tomorrow.")
        all_others = gettext("We get more than we can read just now. Please try again in an hour.")
        form.add_error(None, own if error.from_sender else all_others)
        return _form(request, form, status=429)
    return _private(HttpResponseRedirect(reverse("web:tip", args=[token])))


def _sent_already(error: tips.TipSentAlreadyError) -> str:
    if error.from_sender:
        return gettext(
            "You have sent us this today, and we have it. If you know more, such as who said it or where, add that and "
            "send it again."
        )
    return gettext(
        "Several people have sent us just this today, and we have it. If you know more, such as who said it or where, "
        "add that and send it again."
    )


def _form(request: HttpRequest, form: TipForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "contact_days": settings.TIP_CONTACT_DAYS, **more}
    return render(request, "claims/tips.html", context, status=status)


def _renewed(request: HttpRequest, form: TipForm) -> TipForm:
    """The same form with a stamp that serves, where the one that came with it does not."""
    if "stamp" in form.errors:
        given = request.POST.copy()
        given["stamp"] = new_stamp()
        form.data = given
    return form


def _published(found: Tip) -> PublishedClaim | None:
    return PublishedClaim.objects.filter(uid=found.claim.uid).first() if found.claim else None


def _private(response: HttpResponse) -> HttpResponse:
    # Not `no-referrer`: with it browsers send forms of the page with `Origin: null`, which CSRF protection refuses.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
