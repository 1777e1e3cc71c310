"""`orken start`: everything that one machine needs, as one family of processes.

The parent loads the project once and forks: pages (gunicorn, two workers), live streams, one worker
for each lane. Children share the parent's memory, so that all of it fits an old server; a child that
dies is started again, and all stop together.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from orken.kit import cli

logger = logging.getLogger("orken")
PATIENCE = 10.0  # seconds that children get to end by themselves
CALM = 30.0  # a child that lived this long starts again without a pause


@dataclass
class Child:
    """One process of the family."""

    name: str
    run: Callable[[], None]
    pid: int = 0
    started: float = 0.0
    falls: int = 0
    wake_at: float = 0.0


def _end_with(parent: int) -> None:
    """When the parent is killed outright nobody stops this child: it ends by itself, so that the port is free for the next start."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent watch", daemon=True).start()


@dataclass
class Family:
    """The parent of all: starts its children, starts them again, stops them together."""

    children: list[Child]
    stopping: bool = field(default=False)

    def live(self) -> None:
        """Stay until told to stop."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        gc.collect()
        gc.freeze()  # what is loaded now is never collected, so its pages stay shared
        for child in self.children:
            self._start(child)
        while not self.stopping:
            time.sleep(0.2)
            self._bury()
            for child in self.children:
                if not child.pid and time.monotonic() >= child.wake_at and not self.stopping:
                    self._start(child)
        self._end()

    def _start(self, child: Child) -> None:
        connections.close_all()
        sys.stdout.flush()
        parent = os.getpid()
        pid = os.fork()
        if pid:
            child.pid, child.started = pid, time.monotonic()
            return
        status = 1
        try:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)
            # Ctrl+C reaches the whole terminal; the parent alone decides.
            os.setpgid(0, 0)
            _end_with(parent)
            child.run()
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0
        except KeyboardInterrupt:
            status = 0
        except cli.InputRejected as refusal:
            logger.error("%s: %s", child.name, refusal)
        except Exception:
            logger.exception("%s ended badly", child.name)
        finally:
            os._exit(status)

    def _bury(self) -> None:
        """Note which children died, and when they may start again."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            child = next((one for one in self.children if one.pid == pid), None)
            if child is None:
                continue
            child.pid = 0
            if not self.stopping:
                child.falls = 0 if time.monotonic() - child.started > CALM else child.falls + 1
                pause = min(30.0, 0.5 * 2**child.falls)
                child.wake_at = time.monotonic() + pause
                logger.warning(
                    "%s ended (%s), starts again in %.0f s", child.name, os.waitstatus_to_exitcode(status), pause
                )

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _end(self) -> None:
        for child in self.children:
            _signal(child, signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while any(child.pid for child in self.children) and time.monotonic() < until:
            self._bury()
            time.sleep(0.05)
        for child in self.children:
            _signal(child, signal.SIGKILL, group=True)
        self._bury()


def _signal(child: Child, number: signal.Signals, *, group: bool = False) -> None:
    if not child.pid:
        return
    try:
        if group:
            os.killpg(child.pid, number)
        else:
            os.kill(child.pid, number)
    except ProcessLookupError:
        child.pid = 0


# --- what the children do ---


def pages(port: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Pages(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            for key, value in {
                "bind": f"127.0.0.1:{port}",
                "workers": 2,
                "threads": 4,
                "worker_class": "gthread",
                "limit_request_line": 8190,  # a long Cyrillic question of a list is three times its letters
                "max_requests": 5000,
                "max_requests_jitter": 500,
                "preload_app": True,
                "graceful_timeout": 5,
                "timeout": 60,
                "loglevel": "warning",
                "proc_name": "orken pages",
                "control_socket_disable": True,
            }.items():
                if key in self.cfg.settings:
                    self.cfg.set(key, value)

        def load(self) -> Any:
            from orken.config.wsgi import application

            return application

    claim(port)
    Pages().run()


def streams(port: int) -> None:
    from orken.config import live

    claim(port)
    live.main(port)


def lane(name: str) -> None:
    from orken.kit.jobs import worker

    worker.work([name], clock=name == "quick")


# --- getting ready ---


def prepare() -> None:
    """Bring the database and the static files to this version; a second start finds nothing to do.

    Raises InputRejected when what the browser needs was never built.
    """
    from orken.kit.jobs import services as jobs

    if not settings.STATICFILES_DIRS:
        raise cli.InputRejected(
            "The style sheet and the fonts are not built yet. `make start` builds them, or `orken assets`."
        )
    _tell("Bringing the database to this version.")
    call_command("migrate", verbosity=0, interactive=False)
    if settings.DEMO:
        cli.run(["demo", "--if-empty"])
    _tell("Catching up with what fell due meanwhile.")
    jobs.catch_up()
    collect()


def _tell(line: str) -> None:
    """What goes on now: a first start takes minutes on an old machine."""
    print(line, file=sys.stderr, flush=True)


def collect() -> None:
    """Copy static files when one is newer than the last copy. Old ones stay: a page that is open may still ask for them."""
    stamp = settings.STATIC_ROOT / ".stamp"
    made = stamp.stat().st_mtime if stamp.exists() else 0.0
    roots = [*settings.STATICFILES_DIRS, settings.BASE_DIR / "orken"]
    fresh = any(
        path.stat().st_mtime > made
        for root in roots
        for path in root.rglob("*")
        if path.is_file() and (root != settings.BASE_DIR / "orken" or "static" in path.parts)
    )
    if fresh or not made:
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.touch()


def warm() -> None:
    """Load in the parent what every child would load for itself: addresses, words, templates.

    What is loaded before the fork is held once by the whole family; what a child loads later, each child holds.
    """
    from django.template import TemplateSyntaxError, engines
    from django.urls import get_resolver
    from django.utils import translation

    from orken.config import wsgi  # noqa: F401  the chain of middleware is made here

    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            get_resolver().reverse_dict  # noqa: B018  walks all addresses, which imports all views
    django = engines["django"]
    for folder in (settings.BASE_DIR / "orken").glob("**/templates"):
        for path in folder.rglob("*.html"):
            with suppress(TemplateSyntaxError):  # a page whose app is switched off here, as sign-in through others
                django.get_template(path.relative_to(folder).as_posix())


def apart(work: Callable[[], None]) -> None:
    """Do this in a process of its own: the memory that the demo country took goes with it, and no child inherits it.

    Raises SystemExit with its exit code when it did not end well; it has said why.
    """
    connections.close_all()
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            status = cli.judged(work)
        except Exception:  # a child must not run on into its parent's work, whatever went wrong
            logger.exception("getting ready ended badly")
        finally:
            sys.stdout.flush()
            os._exit(status)
    stops = (signal.SIGINT, signal.SIGTERM)  # who stops the parent stops the work
    before = [signal.signal(number, lambda number, _frame: os.kill(pid, number)) for number in stops]
    _, ended = os.waitpid(pid, 0)
    for number, kept in zip(stops, before, strict=True):
        signal.signal(number, kept)
    if status := abs(os.waitstatus_to_exitcode(ended)):
        raise SystemExit(status)


def free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def claim(port: int) -> None:
    """Raises InputRejected when somebody else listens there."""
    if not free(port):
        raise cli.InputRejected(f"Port {port} is taken. Stop what runs there, or choose another: make start PORT=8100.")


def start(port: int) -> None:
    """Get ready, tell the address, and live until stopped. Raises InputRejected when a port is taken."""
    for wanted in (port, port + 1):
        claim(wanted)
    apart(prepare)
    warm()
    for wanted in (port, port + 1):  # getting ready takes a minute: another program may have come meanwhile
        claim(wanted)
    family = Family(
        [
            Child("pages", lambda: pages(port)),
            Child("live", lambda: streams(port + 1)),
            Child("quick lane", lambda: lane("quick")),
            Child("heavy lane", lambda: lane("heavy")),
        ]
    )
    print(f"Orken: http://localhost:{port}/", flush=True)
    if settings.DEMO:
        print(f"Demo:  http://localhost:{port}/demo/   (one click signs in as one of eleven people)", flush=True)
    print("Ctrl+C stops it.", flush=True)
    family.live()
