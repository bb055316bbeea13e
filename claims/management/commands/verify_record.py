from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.domain import verifying


class Command(BaseCommand):
    help = (
        "Check every edition's digest, the chain, and the projection. Exit status 1 and the first bad sequence if not."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            head = verifying.verify()
        except verifying.RecordBrokenError as error:
            raise CommandError(f"The record is broken. {error}") from error
        self.stdout.write(self.style.SUCCESS(f"The record is whole: {head} editions, and the projection shows them."))
