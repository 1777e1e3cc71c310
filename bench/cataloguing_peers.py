"""Two peers on the same records: MARC::Lint of Debian and marc-lint of PyPI, each run as its own process.

What is absent is said in a plain word by whoever asks; nothing here fails for want of a peer.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass

_PERL = r"""
use strict; use warnings; use MARC::Batch; use MARC::Lint;
my $batch = MARC::Batch->new('USMARC', $ARGV[0]); $batch->strict_off; $batch->warnings_off;
my $lint = MARC::Lint->new; binmode STDOUT, ':utf8';
while (my $r = $batch->next) {
  $lint->check_record($r); my @w = $lint->warnings; s/[\t\r\n]/ /g for @w; print join("\t", @w), "\n";
}
my ($user, $system) = times; printf "time %.3f\n", $user + $system;
"""
_PYTHON = r"""
import re, sys, time
import pymarc
from marc_lint.linter import MarcLint
start = time.process_time(); lint = MarcLint()
with open(sys.argv[1], "rb") as stream:
    for record in pymarc.MARCReader(stream, to_unicode=True, force_utf8=True):
        lint.clear_warnings()
        if record is None:
            print("unreadable"); continue
        lint.check_record(record)
        print("\t".join(re.sub(r"\s", " ", text) for text in lint.warnings()))
print(f"time {time.process_time() - start:.3f}")
"""


@dataclass(frozen=True)
class Peer:
    name: str
    command: tuple[str, ...]
    absent: str
    """How to get it."""


@dataclass(frozen=True)
class Told:
    """The warnings of a peer, a list per record, and the seconds of the processor it took."""

    warnings: list[list[str]]
    seconds: float


PEERS = (
    Peer("MARC::Lint (Debian)", ("perl", "-e", _PERL), "apt-get install libmarc-lint-perl"),
    Peer("marc-lint (PyPI)", (sys.executable, "-c", _PYTHON), "pip install marc-lint"),
)


def run(peer: Peer, data: bytes) -> Told | None:
    """What `peer` says of a file in ISO 2709; None when the peer is absent or cannot run."""
    if shutil.which(peer.command[0]) is None:
        return None
    with tempfile.NamedTemporaryFile(suffix=".mrc") as file:
        file.write(data)
        file.flush()
        done = subprocess.run([*peer.command, file.name], capture_output=True, check=False)
    *lines, last = done.stdout.decode("utf-8", errors="replace").splitlines() or [""]
    if done.returncode or not last.startswith("time "):
        return None
    return Told([line.split("\t") if line else [] for line in lines], float(last[5:]))
