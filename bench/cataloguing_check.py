"""The full check: records per second, one record with its messages, and two peers on the same file.

    python -m bench.cataloguing_check [--records 5000]

Peers: MARC::Lint of Debian (`apt-get install libmarc-lint-perl`) and marc-lint of PyPI. Where one is
absent the table says so. Ours reads the file and runs every rule; the peers read it and run theirs.
"""

from __future__ import annotations

import argparse
import io
import random
import statistics
import sys
import time

from bench.cataloguing_peers import PEERS, Peer, run
from bench.cataloguing_records import clean_in
from bench.cataloguing_seeded import CLASSES
from orken.cataloguing import checker, codecs, profiles


def ours(data: bytes, format: str) -> tuple[int, int, float]:
    """Records, findings and seconds of the processor for reading and checking a file."""
    profile = profiles.get(format)
    count = found = 0
    start = time.process_time()
    for item in codecs.read(io.BytesIO(data)):
        count += 1
        found += len(checker.check_item(item, profile))
    return count, found, time.process_time() - start


def broken_file(count: int) -> bytes:
    """A file in which every record has an error, of every class in turn."""
    rng = random.Random(5)
    classes = [one for one in CLASSES if one.format == "marc21"]
    pieces = []
    for number, made in enumerate(clean_in("marc21", count)):
        for turn in range(len(classes)):
            broken = classes[(number + turn) % len(classes)].broken(made.record, rng)
            if broken is not None:
                pieces.append(codecs.dumps(broken, "iso2709"))
                break
    return b"".join(pieces)


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


def _peer(peer: Peer, data: bytes) -> None:
    told = run(peer, data)
    if told is None:
        print(f"{peer.name:24} absent: {peer.absent}")
        return
    count, found = len(told.warnings), sum(map(len, told.warnings))
    print(f"{peer.name:24} {count:8} {found:9} {count / max(told.seconds, 0.001):10.0f}")


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
    for peer in PEERS:
        _peer(peer, files["marc21"])
    broken = broken_file(count)
    best = min((ours(broken, "marc21") for _ in range(3)), key=lambda result: result[2])
    print(f"{'Orken, all with errors':24} {best[0]:8} {best[1]:9} {best[0] / best[2]:10.0f}")
    median, high = one_record()
    print(
        f"\none record with all its messages in three languages: median {median:.2f} ms, 95th percentile {high:.2f} ms"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
