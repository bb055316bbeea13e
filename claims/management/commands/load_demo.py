from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from claims.domain import demo


class Command(BaseCommand):
    help = "Load the demo: the claims of one news article, published in several editions. Does nothing the second time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--logins",
            action="store_true",
            help="also create an editor and an administrator with a well-known password",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["logins"]:
            names = " and ".join(demo.create_logins())
            self.stdout.write(f"Logins: {names}, password {demo.PASSWORD}")
        loaded = demo.load()
        message = f"Loaded {loaded} claims." if loaded else "The demo is already there; nothing was changed."
        self.stdout.write(self.style.SUCCESS(message))
