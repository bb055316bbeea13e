import signal
import threading
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.domain.webhook_worker import Worker, stop_with_parent
from claims.domain.webhooks import TIME_LIMIT
from claims.filters import claims_matching

MOST_THREADS = 64


class Command(BaseCommand):
    help = "Send webhooks until told to stop. Any number may run, on any number of machines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="work off what is due now, then stop")
        parser.add_argument(
            "--concurrency",
            type=int,
            default=8,
            metavar="N",
            help=f"requests at the same time, beside those that last long (8; up to {MOST_THREADS})",
        )
        parser.add_argument(
            "--time-limit",
            type=float,
            default=TIME_LIMIT,
            metavar="SECONDS",
            help=f"for a receiver's answer ({TIME_LIMIT:g}, which is the most)",
        )
        parser.add_argument(
            "--with-parent", type=int, metavar="PID", help="stop when this process, which started it, ends"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        concurrency, seconds = options["concurrency"], options["time_limit"]
        if not 1 <= concurrency <= MOST_THREADS:
            raise CommandError(f"--concurrency is {concurrency}. Give a number from 1 to {MOST_THREADS}.")
        if not 0 < seconds <= TIME_LIMIT:
            raise CommandError(f"--time-limit is {seconds:g}. Give seconds, {TIME_LIMIT:g} at most.")
        stopping = threading.Event()
        if options["with_parent"]:
            stop_with_parent(stopping, options["with_parent"])

        def stop(number: int, frame: FrameType | None) -> None:
            stopping.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        Worker(claims_matching, concurrency, seconds, stopping).run(once=options["once"])
