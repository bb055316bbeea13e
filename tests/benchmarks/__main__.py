"""Measure the site beside its rivals: `python -m tests.benchmarks`. Prints one table; a missed target is no error.

Filled databases are kept in `.bench/`. Nothing else should run on the machine meanwhile.
"""

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from types import FrameType

from tests.benchmarks import exchanging, machine, reading, table, webhooks, writing
from tests.benchmarks.databases import ENGINES
from tests.benchmarks.errors import BenchmarkError
from tests.benchmarks.load import require_wrk
from tests.benchmarks.results import Result


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    signal.signal(signal.SIGTERM, _interrupt)  # so that servers are stopped then, too
    try:
        require_wrk()
        results, versions = [], []
        for name in options.databases:
            with ENGINES[name]() as engine:
                versions.append(engine.version)
                for size in options.sizes:
                    _say(f"{name}: filling {size:,} claims, unless they are kept from an earlier run")
                    filled = engine.filled(size)
                    results += _shown(reading.measure(filled, options.seconds, named=options.rows))
                    if options.rows:
                        continue
                    results += _shown(writing.measure(engine, filled, options.seconds))
                    results += _shown(webhooks.measure(engine, filled))
                    results += _shown(exchanging.measure(engine, filled, options.seconds))
    except BenchmarkError as error:
        _say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    lines = machine.description(versions)
    print("\n".join(lines), (table.markdown if options.markdown else table.plain)(results), sep="\n\n")
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default="10000,100000", help="numbers of claims (10000,100000)")
    parser.add_argument(
        "--databases", type=_databases, default=",".join(ENGINES), help=f"of: {', '.join(ENGINES)} (all)"
    )
    parser.add_argument("--seconds", type=_positive, default=3, help="how long a round of a row lasts (3)")
    parser.add_argument("--rows", default="", help="only rows of readers with this in their names (all, and writers)")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    return parser.parse_args(arguments)


def _sizes(text: str) -> list[int]:
    return sorted(_positive(size) for size in text.split(","))


def _databases(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - ENGINES.keys():
        raise argparse.ArgumentTypeError(f"there is no {', '.join(sorted(unknown))}; choose of: {', '.join(ENGINES)}")
    return names


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{value} is not a positive number")
    return value


def _shown(results: Iterator[Result]) -> list[Result]:
    """The results, each told as it comes: a full run takes long."""
    found = []
    for result in results:
        _say(f"{result.database}, {result.size:,}: {result.row}: {result.load.per_second:,.0f}/s")
        found.append(result)
    return found


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
