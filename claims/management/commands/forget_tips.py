from typing import Any

from django.core.management.base import BaseCommand

from claims.domain import tips


class Command(BaseCommand):
    help = "Delete the e-mail addresses of senders of tips that were kept as long as TIP_CONTACT_DAYS says."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Deleted {tips.forget_contacts()} addresses.")
