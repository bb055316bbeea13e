"""What every page that only shows something shares."""

from collections.abc import Callable
from typing import Any

from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = Callable[..., Any]


def reading(view: View) -> View:
    """Answer GET and HEAD. Anything else is a 405, and not first a form whose token is missing."""
    return csrf_exempt(require_safe(view))
