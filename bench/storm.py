"""Two thousand people open a live room within thirty seconds, as browsers do: `python -m bench.storm`.

The server is `orken start` with all its processes over the scratch database. Each person opens the page of the room (half by
an account and a seat, half by a guest's link), reads the address and the token of the streams from it, opens the stream, and
keeps it: the storm at five minutes to ten, on the two cores on which the people are played too. Told are the page, from the
press until it is whole, and the whole way until the stream speaks. `bench.room` goes on from there.
"""

from __future__ import annotations

import asyncio
import html
import os
import random
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.country import build, percentile, table
from bench.memory import family, pss
from bench.seats import TOKEN, server, worked

PEOPLE, WITHIN = 2000, 30.0  # seconds
CODE = "BENCH-STORM"


@dataclass
class Seen:
    """What the crowd met."""

    pages: list[float] = field(default_factory=list)
    inside: list[float] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    streams: list[asyncio.StreamWriter] = field(default_factory=list)
    last: float = 0.0


def prepare(people: int) -> list[tuple[str, str]]:
    """An open room; for each person the path of her page and her session («» for a guest)."""
    from datetime import timedelta

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import transaction
    from django.utils import timezone

    from orken.live_room import services as rooms
    from orken.meetings import keys
    from orken.meetings import services as meetings
    from orken.meetings.models import Guest
    from orken.network.models import Unit
    from orken.people.models import Account, Person
    from orken.training import services as training
    from orken.training.models import Run, Session

    nl, national = Unit.objects.get(code="NL"), Account.objects.get(login="national")
    now = timezone.localtime().replace(second=0, microsecond=0)
    begins = max(min(now - timedelta(minutes=5), now.replace(hour=21, minute=50)), now.replace(hour=0, minute=1))
    with transaction.atomic():
        run = training.open_run(
            code=CODE, kind="meeting", host=nl, capacity=people, by=None, form="live", title_kk="Бәрі бірден кіреді", languages=["kk"],
            deciding="at_once", starts_on=begins.date(), ends_on=begins.date(), apply_until=begins.date(),
        )  # fmt: skip
        session = training.add_session(run=run, by=None, starts_at=begins, ends_at=begins + timedelta(hours=2), title_kk="Кездесу")  # fmt: skip
        chair = meetings.name_person(run=run, person=national.person, by=national)
        meetings.put_section(run=run, titles={"title_kk": "Жалпы"}, moderators=[chair], sessions=[session], by=None)
        talk = meetings.invite_talk(
            run=run, values={"title_kk": "Баяндама", "spoken": "kk", "minutes": 10}, speakers=[chair], by=None
        )
        meetings.place(run=run, session=session, starts_at=begins, minutes=10, talk=talk, by=None)
        meetings.release(run=run, by=None)
    ways = []
    for number in range(people // 2):
        with transaction.atomic():
            person = Person.objects.create(surname_kk=f"Тыңдаушы{number}", given_kk="Айгүл")
            account = Account.objects.create(login=f"comes-{number}", person=person, language="kk")
            training.apply_as_known(run=Run.objects.get(pk=run.pk), unit=nl, lines=[training.Line(person, nl)], by=national)  # fmt: skip
            store = SessionStore()
            store[SESSION_KEY] = str(account.pk)
            store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
            store[HASH_SESSION_KEY] = account.get_session_auth_hash()
            store.create()
            ways.append((f"/kk/run/{CODE}/room/{session.pk}/", str(store.session_key)))
    with transaction.atomic():
        for number in range(people - len(ways)):
            guest = Guest.objects.create(meeting_id=run.pk, name=f"Қонақ {number}")
            ways.append((f"/kk/guest/{keys.of_guest(guest)}/room/{session.pk}/", ""))
        Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING)
        rooms.arrange(session=session, values={"provider": "external-link", "address": "https://example.org/room"}, by=None)  # fmt: skip
        rooms.go(session=Session.objects.get(pk=session.pk), way="open", by=None)
    random.Random(5).shuffle(ways)
    return ways


async def come(port: int, path: str, session: str, number: int, after: float, seen: Seen) -> None:
    """She opens the page, then its stream."""
    await asyncio.sleep(after)
    start = time.perf_counter()
    cookie = f"Cookie: sessionid={session}; csrftoken={TOKEN}\r\n" if session else ""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{cookie}Connection: close\r\n\r\n".encode())
        said = await reader.read()
        writer.close()
        seen.pages.append(time.perf_counter() - start)
        seen.statuses[f"page {said[9:12].decode()}"] += 1
        seen.weights.append(len(said))
        told = dict(re.findall(r'data-(token|after|live)="([^"]*)"', said.decode()))
        ask = urlencode({"token": html.unescape(told["token"]), "tab": f"bench-{number:06}", "after": told["after"]})
        reader, writer = await asyncio.open_connection("127.0.0.1", port + 1)
        writer.write(f"GET /live/?{ask} HTTP/1.1\r\nHost: localhost:{port + 1}\r\nOrigin: http://localhost:{port}\r\n\r\n".encode())  # fmt: skip
        first = await reader.read(64)
        seen.inside.append(time.perf_counter() - start)
        seen.statuses[f"stream {first[9:12].decode()}"] += 1
        seen.streams.append(writer)
    except (OSError, KeyError) as problem:
        seen.statuses[type(problem).__name__] += 1
    seen.last = time.perf_counter()


async def storm(port: int, ways: list[tuple[str, str]], seen: Seen) -> float:
    """Everybody at a moment of her own within WITHIN; answers how many seconds it took until the last was in."""
    dice, start = random.Random(11), time.perf_counter()
    await asyncio.gather(
        *(come(port, path, session, n, dice.random() * WITHIN, seen) for n, (path, session) in enumerate(ways))
    )
    return seen.last - start


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    print("made:", ", ".join(f"{count} {name}" for name, count in build().items()))
    ways = prepare(people)
    from django.db import connection

    from orken.live_room.models import Participant

    vendor = connection.vendor
    connection.close()
    seen = Seen()
    with server() as (port, pid):
        before = worked(pid)
        took = asyncio.run(storm(port, ways, seen))
        spent = worked(pid) - before
        memory = sum(pss(one) for one in family(pid))
    came = Participant.objects.filter(room__session__run__code=CODE, state="inside").count()
    rows: list[list[object]] = [
        [what, len(times), *(f"{percentile(times, share) * 1000:.0f} ms" for share in (0.5, 0.95, 1.0))]
        for what, times in (("the page", seen.pages), ("until the stream speaks", seen.inside))
        if times
    ]
    print(f"{people} people within {WITHIN:.0f} s, {vendor}, load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # fmt: skip
    table(("what", "many", "median", "p95", "worst"), rows)
    print(f"the last was in after {took:.1f} s; {came} stand inside; page {percentile(seen.weights, 0.5) / 1024:.0f} KB unpacked; CPU {spent * 1000 / people:.1f} ms each; memory of all processes {memory:.0f} MB")  # fmt: skip
    print("answers:", ", ".join(f"{status}: {n}" for status, n in sorted(seen.statuses.items())))
    fine = seen.statuses["page 200"] == seen.statuses["stream 200"] == came == people
    sys.exit(0 if fine and took < WITHIN + 10 else "The goal: everybody inside, without an error, within the storm.")


if __name__ == "__main__":
    main()
