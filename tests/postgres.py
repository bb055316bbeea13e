"""Run a command with DATABASE_URL set to a throw-away PostgreSQL: `python -m tests.postgres COMMAND ...`.

The cluster lives in a temporary folder, listens on a unix socket only, never runs as root, and is gone afterwards.
Without server binaries: exit status 1 under CI=true, otherwise one line that says what was skipped.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL server, in Debian's place or on the PATH."""
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def unprivileged() -> list[str]:
    """How to run a command as someone who is not root."""
    if os.geteuid() != 0:
        return []
    users = {user.pw_name for user in pwd.getpwall()}
    return ["runuser", "-u", "postgres" if "postgres" in users else "nobody", "--"]


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """A running server; gives the address of its database. `durable` keeps fsync on, as an operator would."""
    folder = binaries()
    if folder is None:
        raise FileNotFoundError("initdb")
    home = Path(tempfile.mkdtemp(prefix="factcheck-pg-"))
    run_as = unprivileged()
    if run_as:
        shutil.chown(home, user=run_as[2])
    home.chmod(0o755)
    data = home / "data"

    def server(*command: str) -> None:
        subprocess.run([*run_as, *command], check=True, stdout=subprocess.DEVNULL, cwd=home)

    options = f"-k {home} -c listen_addresses='' -c max_connections=60 -c shared_buffers=512MB"
    # Without autovacuum: tests take back what they write, so it would find tables empty, and have the planner count on
    # that in a test which writes much.
    fast = " -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off"
    options += "" if durable else fast
    try:
        server(str(folder / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        server(str(folder / "pg_ctl"), "-D", str(data), "-w", "-o", options, "-l", str(home / "log"), "start")
        try:
            yield f"postgres://postgres@/postgres?host={home}"
        finally:
            server(str(folder / "pg_ctl"), "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(command: list[str]) -> int:
    if binaries() is None:
        print("Skipped on PostgreSQL: no server binaries (initdb) are installed.", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    with cluster() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
