"""The outbox: a letter goes once, through a real server, with the change that it tells of."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from orken.config.mail import Mail
from orken.config.mail import settings as mail_settings
from orken.kit.jobs import worker
from orken.kit.mail import services as mail
from orken.kit.mail.models import Letter


class Postman(socketserver.StreamRequestHandler):
    """A small SMTP server: takes letters, or refuses as long as it is told to."""

    def handle(self) -> None:
        server: Any = self.server
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.wfile.write(b"354 go\r\n")
                content = b""
                while (row := self.rfile.readline()) != b".\r\n":
                    content += row
                server.letters.append(content)
                self.wfile.write(b"250 taken\r\n")
            elif word == b"RCPT" and server.refusals > 0:
                server.refusals -= 1
                self.wfile.write(b"451 later\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def post_office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    server: Any = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postman)
    server.letters, server.refusals = [], 0
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, mail_url="smtp://x"))
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
    monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
    monkeypatch.setattr(settings, "EMAIL_PORT", server.server_address[1])
    yield server
    server.shutdown()
    server.server_close()


def post(key: str = "k1") -> Letter:
    return mail.post(
        key=key, to="aigul@example.kz", language="kk", subject="Өтінім\nқабылданды", text="Құрметті Айгүл!"
    )


def do() -> None:
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    worker.work(["quick"], once=True)


@pytest.mark.django_db(transaction=True)
def test_a_letter_goes_once_for_its_key(post_office: Any) -> None:
    post()
    post()
    do()
    do()
    assert len(post_office.letters) == 1
    letter = message_from_bytes(post_office.letters[0])
    assert str(make_header(decode_header(letter["Subject"]))) == "Өтінім қабылданды"
    assert letter["Content-Language"] == "kk"
    assert letter.get_payload(decode=True).decode().strip() == "Құрметті Айгүл!"  # type: ignore[union-attr]  # a plain letter
    assert Letter.objects.get().state == "sent"


@pytest.mark.django_db(transaction=True)
def test_an_invitation_is_a_part_that_mail_programs_take_in(post_office: Any) -> None:
    file = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    mail.post(key="c1", to="a@example.kz", language="kk", subject="Орын", text="Сізге орын берілді", calendar=file)
    do()
    text, part = list(message_from_bytes(post_office.letters[0]).walk())[1:]
    assert text.get_content_type() == "text/plain" and part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    taken: Any = part.get_payload(decode=True)
    assert taken.decode().split() == file.split()


@pytest.mark.django_db(transaction=True)
def test_a_server_that_refuses_is_asked_again(post_office: Any) -> None:
    post_office.refusals = 2
    post()
    for _attempt in range(3):
        do()
    assert len(post_office.letters) == 1
    letter = Letter.objects.get()
    assert (letter.state, letter.attempts) == ("sent", 3)


@pytest.mark.django_db(transaction=True)
def test_a_secret_is_wiped_once_it_has_left_and_not_before(post_office: Any) -> None:
    post_office.refusals = 1
    mail.post(key="s1", to="a@example.kz", language="kk", subject="Код", text="4817 0032 9954 1206", secret=True)
    do()
    assert Letter.objects.get().text == "4817 0032 9954 1206"
    do()
    letter = Letter.objects.get()
    assert (letter.state, letter.text) == ("sent", "")
    assert "4817 0032 9954 1206" in message_from_bytes(post_office.letters[0]).get_payload(decode=True).decode()  # type: ignore[union-attr]  # a plain letter


def test_without_a_server_letters_stay_in_the_outbox(db: None) -> None:
    post()
    assert Letter.objects.get().state == "waiting"
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://mail.kz?from=orken@nl.kz", Mail(host="mail.kz", sender="orken@nl.kz")),
        (
            "smtp://u:p%40ss@mail.kz:587?tls=1",
            Mail(host="mail.kz", port=587, user="u", password="p@ss", start_tls=True),
        ),
        ("smtps://u:p@mail.kz", Mail(host="mail.kz", port=465, user="u", password="p", tls=True)),
        ("", Mail()),
    ],
)
def test_one_address_says_all_of_the_server(address: str, expected: Mail) -> None:
    assert mail_settings(address) == expected
