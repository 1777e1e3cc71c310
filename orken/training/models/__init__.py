"""Runs, their seats, those who applied and the timetable."""

from orken.training.models.application import Applicant, Application, Enrolment
from orken.training.models.attendance import Mark, PaperSheet, WalkIn
from orken.training.models.joined import WalkInJoin
from orken.training.models.results import (
    CommissionMember,
    CompletionRule,
    Component,
    Fact,
    MarkBeside,
    Outcome,
    Result,
    ResultSheet,
)
from orken.training.models.run import CostLine, Run, Stop, Trainer
from orken.training.models.samples import Sample, SampleAsk, SampleFile, SampleLook, SampleMark
from orken.training.models.seats import SeatMove, SeatPool
from orken.training.models.timetable import Room, Session

__all__ = [
    "Applicant",
    "Application",
    "CommissionMember",
    "CompletionRule",
    "Component",
    "CostLine",
    "Enrolment",
    "Fact",
    "Mark",
    "MarkBeside",
    "Outcome",
    "PaperSheet",
    "Result",
    "ResultSheet",
    "Room",
    "Run",
    "Sample",
    "SampleAsk",
    "SampleFile",
    "SampleLook",
    "SampleMark",
    "SeatMove",
    "SeatPool",
    "Session",
    "Stop",
    "Trainer",
    "WalkIn",
    "WalkInJoin",
]
