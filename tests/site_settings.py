"""The real settings, but for where static files are collected: several workers run sites at the same time."""

import os
from pathlib import Path

from factcheck.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["STATIC_FOLDER"])
