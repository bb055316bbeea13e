"""Run by the tests: prints how many requests with keys were counted, and how many of them were refused."""

import django

django.setup()

from django.db.models import Sum  # noqa: E402

from claims.models import KeyUsage  # noqa: E402


def main() -> None:
    sums = KeyUsage.objects.aggregate(requests=Sum("requests"), refused=Sum("refused"))
    print(sums["requests"], sums["refused"])


if __name__ == "__main__":
    main()
