from typing import Any

from django.core.management.base import BaseCommand

from claims.domain import projection


class Command(BaseCommand):
    help = "Throw away the current-state tables that readers query, and make them anew from the record alone."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(self.style.SUCCESS(f"Rebuilt: {projection.rebuild()} public objects."))
