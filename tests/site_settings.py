"""The real settings, but for the clock, and where static files go: several workers run sites at the same time."""

import os
from datetime import datetime
from pathlib import Path

import time_machine

from factcheck.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["STATIC_FOLDER"])

# A site that is to look the same on every day starts its day at this moment, in each of its processes.
if os.environ.get("CLOCK"):
    time_machine.travel(datetime.fromisoformat(os.environ["CLOCK"])).start()
