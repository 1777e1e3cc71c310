"""Reading a file of 100 MB: records per second and memory, in each format, and pymarc beside it.

    python -m bench.cataloguing_parse [--megabytes 100]

The file is made of our own clean records and lies in a temporary folder. Memory is what the process
grew by while it read: it must not depend on the length of the file.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.cataloguing_records import clean_in
from orken.cataloguing import codecs

NAMES = {"iso2709": "ISO 2709", "marcxml": "MARCXML", "json": "MARC-in-JSON", "mrk": ".mrk"}


def write(path: Path, format: str, megabytes: int) -> int:
    """A file of about that size; returns its records."""
    records = [made.record for made in clean_in("rusmarc", 500)] + [made.record for made in clean_in("marc21", 500)]
    items = [codecs.Item(number, record) for number, record in enumerate(records, start=1)]
    steps = [step.data for step in codecs.write(items, format)]
    opening, body, closing = steps[0], steps[1:-1], steps[-1]
    count = written = 0
    with path.open("wb") as file:
        file.write(opening)
        while written < megabytes * 1_000_000:
            for piece in body:
                if format == "json" and count and not piece.startswith(b","):
                    piece = b"," + piece
                file.write(piece)
                written += len(piece)
                count += 1
        file.write(closing)
    return count


def read(path: Path) -> tuple[int, int]:
    """Records and problems of the file."""
    count = problems = 0
    with path.open("rb") as stream:
        for item in codecs.read(stream):
            count += 1
            problems += len(item.problems)
    return count, problems


def _peak() -> int:
    """Most memory this program held so far, in kilobytes.

    Linux keeps it per program; the figure of getrusage would be that of the process we were started
    from, and would hide what we grow by.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _alone(path: Path) -> None:
    """In a process of its own, so that its memory is its own."""
    before = _peak()
    start = time.process_time()
    count, problems = read(path)
    took = time.process_time() - start
    grown = _peak() - before
    print(f"{count} {problems} {took:.3f} {grown}")


def _pymarc(path: Path) -> tuple[int, float] | None:
    try:
        import pymarc
    except ImportError:
        return None
    start = time.process_time()
    with path.open("rb") as stream:
        count = sum(1 for record in pymarc.MARCReader(stream, to_unicode=True, force_utf8=True) if record is not None)
    return count, time.process_time() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone is not None:
        _alone(options.alone)
        return 0
    print(f"{'format':14} {'MB':>5} {'records':>9} {'records/s':>10} {'MB/s':>6} {'grown, MB':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for format in codecs.FORMATS:
            for size in (options.megabytes // 10, options.megabytes):
                path = Path(folder) / f"{format}-{size}"
                expected = write(path, format, size)
                told = subprocess.run(
                    [sys.executable, "-m", "bench.cataloguing_parse", "--alone", str(path)],
                    capture_output=True, text=True, check=True,
                ).stdout.split()  # fmt: skip
                count, problems, took, grown = int(told[0]), int(told[1]), float(told[2]), int(told[3])
                assert (count, problems) == (expected, 0), (count, expected, problems)
                megabytes = path.stat().st_size / 1_000_000
                print(
                    f"{NAMES[format]:14} {megabytes:5.0f} {count:9} {count / took:10.0f} {megabytes / took:6.1f} {grown / 1024:10.1f}"
                )
                if format == "iso2709" and size == options.megabytes:
                    theirs = _pymarc(path)
                    if theirs is None:
                        print("pymarc is absent: nothing to compare with")
                    else:
                        print(
                            f"{'  pymarc':14} {megabytes:5.0f} {theirs[0]:9} {theirs[0] / theirs[1]:10.0f} {megabytes / theirs[1]:6.1f}"
                        )
                path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
