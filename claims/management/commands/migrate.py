from typing import Any

from django.core.management.commands.migrate import Command as MigrateCommand

from claims.domain import upgrading


class Command(MigrateCommand):
    help = "Bring the tables up to date, and what is made from the record with them."

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        is_partial = options["app_label"] or options["plan"] or options["check_unapplied"] or options["fake"]
        if not is_partial and (count := upgrading.complete()) and options["verbosity"]:
            self.stdout.write(f"Made anew from the record: {count} public objects.")
