"""What long commands show on a terminal, which is a real one here, and what they do not put into a file."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from claims.management.progress import bar
from tests.sites import ROOT, Site, new_site

pytestmark = [pytest.mark.process, pytest.mark.gate]


def _on_a_terminal(site: Site, *command: str) -> tuple[bytes, str]:
    """What a command wrote to its standard output, and what it showed on the terminal of its standard error."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command, "--no-color"],
        cwd=ROOT,
        env=site.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    output, _ = process.communicate(timeout=120)
    os.close(theirs)
    shown = b""
    try:
        while data := os.read(ours, 4096):
            shown += data
    except OSError:  # as Linux tells the end of a terminal
        pass
    os.close(ours)
    assert process.returncode == 0, shown
    return output, shown.decode()


def test_progress_on_a_terminal(tmp_path: Path) -> None:
    table, record, mapping = tmp_path / "table.csv", tmp_path / "record.ndjson", tmp_path / "mapping.toml"
    table.write_text("".join(["claim\n", *(f"It is {number}.\n" for number in range(20))]))
    mapping.write_text('[fields]\ntext = "claim"\n[constants]\nlanguage = "en"\nspeaker = "Kim"\n')
    with new_site(tmp_path) as site:
        site.run("-m", "tests.processes.prepare")
        site.manage("export_claims", "--kind", "edition", "--output", str(record))
        exported, of_export = _on_a_terminal(site, "export_claims")
        imported, of_import = _on_a_terminal(site, "import_claims", str(table), "--mapping", str(mapping))
        mirrored, of_mirror = _on_a_terminal(site, "import_claims", str(record))
        quiet = site.manage("export_claims")

    assert exported.count(b"\n") == 3
    assert of_export == f"\r{bar(3, 3)}\r\n"
    assert b"Claims created            20" in imported
    assert of_import.endswith(f"\r{bar(table.stat().st_size, table.stat().st_size)} bytes\r\n")
    assert b"4 were there already" in mirrored
    assert of_mirror.endswith(f"\r{bar(record.stat().st_size, record.stat().st_size)} bytes\r\n")
    assert (quiet.stdout.encode(), quiet.stderr) == (exported, "")
