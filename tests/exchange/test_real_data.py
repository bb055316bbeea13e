"""Real data of other publishers, where it lies beside the project: a part of each file, imported twice."""

from pathlib import Path

import pytest

from claims.domain import import_runs
from claims.domain.chunks import chunks
from claims.domain.importing import BATCH, import_rows
from claims.exchange import importing, mapping
from claims.models import Claim, ImportRun

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT.parent / "shared" / "data"
MOST = 1000  # rows of each file
FILES = {
    "liar/train.tsv": "liar",
    "averitec/half.json": "averitec",
    "averitec/pool.json": "averitec-pool",
    "claimreview/objects.jsonl": "",
    "claimskg/output_sample_africacheck.csv": "claimskg",
    "claimskg/output_sample_fullfact.csv": "claimskg",
    "claimskg/output_sample_politifact.csv": "claimskg",
    "claimskg/output_sample_snopes.csv": "claimskg",
}


def _import(path: Path, text: str) -> ImportRun:
    with path.open("rb") as file:
        form = importing.detected(file, path.name)
        run = import_runs.begin(path.name, form=form, digest="0" * 64, by="import", publish=False)
        rows = (row for row in importing.read(file, form, mapping.parse(text)) if row.row <= MOST)
        for batch in chunks(rows, BATCH):
            import_rows(run, batch)
    return run


@pytest.mark.django_db
@pytest.mark.parametrize("name", FILES)
def test_file_is_imported_without_a_refusal_and_once(name: str) -> None:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project (../shared/data).")
    text = (ROOT / "docs" / "mappings" / f"{FILES[name]}.toml").read_text(encoding="utf-8") if FILES[name] else ""

    first, second = _import(path, text), _import(path, text)

    assert (first.rows_refused, first.claims_created) == (0, Claim.objects.count())
    assert first.claims_created + first.claims_matched == first.rows
    assert import_runs.is_nothing_new(second)
