"""A run of training as facts, and the handing over of its certificates: names and posts are those of its first day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.credentials.models import Certificate, HandOver
from orken.curriculum import selectors as curriculum
from orken.curriculum.hours import academic
from orken.curriculum.models import Form
from orken.network.models import Appointment, UnitName, UnitTraits
from orken.network.policy import Scope
from orken.newsroom.facts import Event, Figures, Name, Names, Participant, Place, Talk, Words
from orken.newsroom.sources import Offer
from orken.training.models import Enrolment, Run, Trainer

HELD = (Run.State.RUNNING, Run.State.ASSESSMENT, Run.State.CLOSED, Run.State.ARCHIVED)
CAME = (Enrolment.State.ENROLLED, Enrolment.State.ATTENDING, Enrolment.State.COMPLETED, Enrolment.State.FAILED)
FORMS = {Form.ONSITE: "onsite", Form.LIVE: "online", Form.OWN_PACE: "online", Form.BLENDED: "mixed"}
MOST_OFFERS, MOST_UNITS = 50, 4  # more institutions are a number, not a list


def words(row: Any, field: str) -> Words:
    return Words(**{code: getattr(row, f"{field}_{code}", "") or "" for code in ("kk", "ru", "en")})


class Runs:
    """News of courses, seminars, master classes."""

    name = "run"
    label = _("Courses, seminars and other runs")
    kind = ""

    def held(self) -> QuerySet[Run]:
        """Every run that has begun."""
        return Run.objects.filter(state__in=HELD, starts_on__lte=timezone.localdate()).select_related(
            "host", "place", "version"
        )

    def rows(self) -> QuerySet[Run]:
        """Runs at which people learned; one with a released programme of talks is told by `held_meetings`."""
        return self.held().filter(meeting__releases=None)

    def offers(self, scope: Scope, query: str) -> Iterable[Offer]:
        rows = self.rows().filter(scope.q("host__path")).order_by("-starts_on", "-pk")
        if query:
            rows = rows.filter(
                Q(code__icontains=query)
                | Q(sort_kk__icontains=query)
                | Q(title_kk__icontains=query)
                | Q(title_ru__icontains=query)
            )
        return [self._offer(run) for run in rows[:MOST_OFFERS]]

    def offer(self, mark: str) -> Offer | None:
        run = self.rows().filter(code=mark).first()
        return self._offer(run) if run is not None else None

    def _offer(self, run: Run) -> Offer:
        return Offer(run.code, run.title, f"{run.get_kind_display()} · {run.host.name}", run.starts_on, run.host)

    def address(self, mark: str) -> str:
        return reverse("training:run", args=[mark])

    def facts(self, mark: str) -> Event:
        """What is known of the run now, in ten queries at most."""
        run = self.rows().get(code=mark)
        on = run.starts_on
        people = run.enrolments.filter(state__in=CAME)
        counts = people.aggregate(people=Count("person", distinct=True), units=Count("unit", distinct=True))
        regions = {
            path.split("/")[1] for path in people.values_list("unit__path", flat=True).distinct() if path.count("/") > 1
        }
        hours = academic(run.version.total_minutes, curriculum.norm(on)) if run.version is not None else None
        return Event(
            title=words(run, "title"), kind=self.kind or run.kind, organiser=place_of(run.host_id, on),
            place=place_of(run.place_id, on) if run.place_id and run.place_id != run.host_id and run.form != Form.LIVE else Place(),
            on=on, until=run.ends_on if run.ends_on != on else None, form=FORMS.get(Form(run.form)),
            participants=self._institutions(people, counts["units"]), talks=self._trainers(run),
            figures=Figures(
                participants=counts["people"] or None, units=counts["units"] or None, regions=len(regions) if len(regions) > 1 else None,
                hours=int(hours) if hours and hours == int(hours) else None, certificates=certificates(run) or None,
            ),
        )  # fmt: skip

    def _institutions(self, people: QuerySet[Enrolment], units: int) -> tuple[Participant, ...]:
        if not 1 < units <= MOST_UNITS:
            return ()
        rows = people.values("unit", "unit__name_kk", "unit__name_ru", "unit__name_en", "unit__city_kk", "unit__city_ru", "unit__city_en").annotate(
            people=Count("person", distinct=True)
        ).order_by("-people", "unit__name_kk")  # fmt: skip
        return tuple(
            Participant(
                Words(row["unit__name_kk"], row["unit__name_ru"], row["unit__name_en"]),
                Words(row["unit__city_kk"], row["unit__city_ru"], row["unit__city_en"]), row["people"],
            )
            for row in rows
        )  # fmt: skip

    def _trainers(self, run: Run) -> tuple[Talk, ...]:
        """Who taught, with the post of the first day; of two posts the main one."""
        people = [
            row.person
            for row in run.trainers.exclude(state=Trainer.State.DECLINED)
            .select_related("person")
            .order_by("person__sort_kk", "pk")
            if row.person.blocked_at is None and row.person.erased_at is None
        ]
        posts = {
            row.person_id: row
            for row in Appointment.objects.at(run.starts_on)
            .filter(person__in=people)
            .select_related("post", "unit")
            .order_by("employment", "-valid_from")
        }
        found = []
        for person in people:
            held = posts.get(person.pk)
            found.append(
                Talk(
                    speaker=Names(
                        Name(person.surname_kk, person.given_kk, person.patronymic_kk), Name(person.surname_ru, person.given_ru, person.patronymic_ru),
                        Name(person.surname_en, person.given_en),
                    ),
                    sex=person.sex or None, position=words(held.post, "title") if held else Words(),
                    unit=words(held.unit, "name") if held else Words(),
                )
            )  # fmt: skip
        return tuple(found)


class Handovers(Runs):
    """News of the handing over of a run's certificates; the day is that of the last one issued."""

    name = "handover"
    label = _("Handing over of certificates")
    kind = "handover"

    def rows(self) -> QuerySet[Run]:
        sources = in_person().order_by().values_list("certificate__batch__source", flat=True).distinct()
        return self.held().filter(
            code__in=[source.partition(":")[2] for source in sources if source.startswith("training.run:")]
        )

    def facts(self, mark: str) -> Event:
        """The day on which most were handed over, and how many that day."""
        run = self.rows().get(code=mark)
        days = (
            in_person()
            .filter(certificate__batch__source=f"training.run:{mark}")
            .order_by()
            .values("on")
            .annotate(n=Count("certificate", distinct=True))
        )
        most = max(days, key=lambda one: (one["n"], one["on"]))
        return Event(
            title=words(run, "title"), kind="handover", organiser=place_of(run.host_id, most["on"]), on=most["on"],
            figures=Figures(certificates=most["n"]),
        )  # fmt: skip


def in_person() -> QuerySet[HandOver]:
    """Lines of the journal that stand: certificates that were given into somebody's hands."""
    return HandOver.objects.filter(superseded_at=None, copy=None, way=HandOver.Way.HANDS)


def certificates(run: Run) -> int:
    """How many of the run are issued and hold."""
    return Certificate.objects.filter(batch__source=f"training.run:{run.code}", state=Certificate.State.ISSUED).count()


def place_of(unit_id: int | None, on: Any) -> Place:
    """The institution as it was called on that day, and its town."""
    if unit_id is None:
        return Place()
    name = UnitName.objects.at(on).filter(unit=unit_id).first()
    traits = UnitTraits.objects.at(on).filter(unit=unit_id).first()
    return Place(words(name, "name") if name else Words(), words(traits, "city") if traits else Words())
