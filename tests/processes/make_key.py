"""Run by the tests: adds a partner with a key of the rate given, and prints the key's secret."""

import sys

import django

django.setup()

from claims.domain.partners import create_key  # noqa: E402
from claims.enums import KeyScope  # noqa: E402
from claims.models import Partner  # noqa: E402

partner = Partner.objects.create(name="Partner", email="api@partner.example")
print(create_key(partner, name="test", scopes=KeyScope.values, rate=int(sys.argv[1]))[1])
