"""The full check: records per second, one record with its messages, and two peers on the same file.

    python -m bench.cataloguing_check [--records 5000]

Peers: MARC::Lint of Debian (`apt-get install libmarc-lint-perl`) and marc-lint of PyPI. Where one is
absent the table says so. Ours reads the file and runs every rule; the peers read it and run theirs.
"""

from __future__ import annotations

import argparse
import io
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from bench.cataloguing_records import clean_in
from bench.cataloguing_seeded import CLASSES
from orken.cataloguing import checker, codecs, profiles

_PERL = r"""
use strict; use warnings;
use MARC::Batch; use MARC::Lint;
my $batch = MARC::Batch->new('USMARC', $ARGV[0]); $batch->strict_off; $batch->warnings_off;
my $lint = MARC::Lint->new; my ($n, $w) = (0, 0);
while (my $r = $batch->next) { $n++; $lint->check_record($r); $w += scalar $lint->warnings; }
my ($user, $system) = times; printf "%d %d %.3f\n", $n, $w, $user + $system;
"""
_PYTHON = r"""
import sys, time
import pymarc
from marc_lint.linter import MarcLint
lint = MarcLint(); n = w = 0; start = time.process_time()
with open(sys.argv[1], "rb") as stream:
    for record in pymarc.MARCReader(stream, to_unicode=True, force_utf8=True):
        if record is None: continue
        lint.clear_warnings(); lint.check_record(record); n += 1; w += len(lint.warnings())
print(n, w, f"{time.process_time() - start:.3f}")
"""


def ours(data: bytes, format: str) -> tuple[int, int, float]:
    """Records, findings and seconds of the processor for reading and checking a file."""
    profile = profiles.get(format)
    count = found = 0
    start = time.process_time()
    for item in codecs.read(io.BytesIO(data)):
        count += 1
        found += len(checker.check_item(item, profile))
    return count, found, time.process_time() - start


def one_record() -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds, of one broken record checked with every message in three languages."""
    times = []
    for number, one in enumerate(CLASSES * 5):
        made = next(made for made in clean_in(one.format, 400, seed=number) if made.kind in ("monograph", "textbook"))
        profile = profiles.get(one.format)
        start = time.perf_counter()
        for finding in checker.check(made.record.without("008" if number % 2 else "245"), profile):
            finding.as_json()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[18]


def _peer(name: str, command: list[str] | None, absent: str) -> None:
    if command is None:
        print(f"{name:24} absent: {absent}")
        return
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout.strip():
        print(f"{name:24} absent: {absent}")
        return
    count, found, took = done.stdout.split()[-3:]
    print(f"{name:24} {int(count):8} {int(found):9} {int(count) / max(float(took), 0.001):10.0f}")


def _has_lint() -> bool:
    perl = shutil.which("perl")
    return (
        perl is not None
        and subprocess.run([perl, "-MMARC::Lint", "-MMARC::Batch", "-e1"], capture_output=True, check=False).returncode
        == 0
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=5000)
    count = parser.parse_args().records
    print(f"{'':24} {'records':>8} {'messages':>9} {'records/s':>10}")
    files = {
        format: b"".join(codecs.dumps(made.record, "iso2709") for made in clean_in(format, count))
        for format in ("marc21", "rusmarc")
    }
    for format, data in files.items():
        best = min((ours(data, format) for _ in range(3)), key=lambda result: result[2])
        print(f"{'Orken, ' + profiles.get(format).name.en:24} {best[0]:8} {best[1]:9} {best[0] / best[2]:10.0f}")
    with tempfile.NamedTemporaryFile(suffix=".mrc") as file:
        file.write(files["marc21"])
        file.flush()
        path = file.name
        perl = ["perl", "-e", _PERL, path] if _has_lint() else None
        _peer("MARC::Lint (Debian)", perl, "apt-get install libmarc-lint-perl")
        _peer("marc-lint (PyPI)", [sys.executable, "-c", _PYTHON, path], "pip install marc-lint")
    median, high = one_record()
    print(
        f"\none record with all its messages in three languages: median {median:.2f} ms, 95th percentile {high:.2f} ms"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
