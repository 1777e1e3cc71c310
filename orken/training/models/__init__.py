"""Runs, their seats, those who applied and the timetable."""

from orken.training.models.application import Applicant, Application, Enrolment
from orken.training.models.run import CostLine, Run, Stop, Trainer
from orken.training.models.seats import SeatMove, SeatPool
from orken.training.models.timetable import Room, Session

__all__ = [
    "Applicant",
    "Application",
    "CostLine",
    "Enrolment",
    "Room",
    "Run",
    "SeatMove",
    "SeatPool",
    "Session",
    "Stop",
    "Trainer",
]
