"""Run by the tests: adds a partner with a key of the rate given, and prints its secret."""

import sys

import django

django.setup()

from claims.domain.partners import create_key  # noqa: E402
from claims.enums import KeyScope  # noqa: E402
from tests.factories import PartnerFactory  # noqa: E402


def main(rate: int) -> None:
    _, secret = create_key(PartnerFactory.create(), name="test", scopes=KeyScope.values, rate=rate)
    print(secret)


if __name__ == "__main__":
    main(int(sys.argv[1]))
