"""What was asked: the order, as the prescriber wrote it and the pharmacy received it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum

from pharmacy_app.domain.quantity import DoseRate, Weight


class Setting(Enum):
    """Where the bag runs."""

    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"
    HOME = "home"


class BenzylAlcohol(Enum):
    """Whether the order lets bags with benzyl alcohol be chosen."""

    PERMITTED = "permitted"
    AVOID = "avoid"


class Preference(Enum):
    """What the plan saves first, after changes on closed days."""

    FEWEST_CHANGES = "fewest-changes"
    FEWEST_VIALS = "fewest-vials"


class Weekday(Enum):
    """Named as in the order file; the value is `datetime.weekday()`."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class AdverseEvent(Enum):
    """The kind of event that led to a dose modification."""

    CRS = "crs"
    NEUROLOGIC = "neurologic"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Patient:
    """The three flags are yes, no, or None for not known."""

    record_number: str
    family_name: str
    given_names: str
    date_of_birth: date
    weight: Weight
    weight_taken_on: date
    benzyl_alcohol_hypersensitivity: bool | None
    pregnant: bool | None
    breastfeeding: bool | None

    @property
    def display_name(self) -> str:
        """As every label, paper and page says it: the family name in capitals, then the given names."""
        return f"{in_capitals(self.family_name)}, {self.given_names}"


def in_capitals(name: str) -> str:
    """The name in capital letters, where that is the same name; else as it was given (ß has no capital).

    >>> in_capitals("Nguyễn"), in_capitals("Groß")
    ('NGUYỄN', 'Groß')
    """
    capitals = name.upper()
    return capitals if capitals.lower() == name.lower() else name


@dataclass(frozen=True, slots=True)
class PrescribedDose:
    """What the prescriber wrote for a run of days, both ends included."""

    from_day: int
    to_day: int
    dose: DoseRate


@dataclass(frozen=True, slots=True)
class DoseModification:
    """A restart after an adverse event: the cycle begins with the low dose."""

    event: AdverseEvent
    grade: int
    restart_on_infusion_day: int
    reason: str


class InterruptionKind(Enum):
    """Why the infusion was stopped: only after a grade 3 event does it begin again at the low dose."""

    PLAIN = "plain"
    GRADE_3 = "grade-3"


@dataclass(frozen=True, slots=True)
class Interruption:
    """The infusion was stopped and begun again. Both are aware times, the second after the first.

    The restart's hour is the new clock time of changes, unless `keep_clock_time`: then the first bag after
    it is shortened to the old one (REQ-INT-008).
    """

    stopped_at: datetime
    restarted_at: datetime
    kind: InterruptionKind
    keep_clock_time: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """From one clock time to another on the same day, both included."""

    first: time
    last: time

    def hold(self, clock_time: time) -> bool:
        """Whether a clock time lies within them."""
        return self.first <= clock_time <= self.last


@dataclass(frozen=True, slots=True)
class PhaseWishes:
    """What is wished otherwise in one phase of the cycle. None: as for the whole cycle."""

    durations_h: tuple[int, ...] | None = None
    closed_days: frozenset[Weekday] | None = None
    holidays: str | None = None
    change_hours: Hours | None = None
    prepare_days: frozenset[Weekday] | None = None


@dataclass(frozen=True, slots=True)
class BagWishes:
    """What the order says about its bags. None means that the order does not say.

    `durations_h` and `sequence_h` are named durations in hours (24, 48, 72, 96, 168).
    `holidays` is a country and province, such as `CA-ON`. `change_hours` are by the clock of the place of
    infusion, `prepare_days` and `prepare_hours` by the pharmacy's. `hospital` holds for bags hung on infusion
    days up to `hospital_days`, `home` for the others.
    """

    durations_h: tuple[int, ...] | None = None
    sequence_h: tuple[int, ...] | None = None
    benzyl_alcohol: BenzylAlcohol = BenzylAlcohol.PERMITTED
    closed_days: frozenset[Weekday] = frozenset()
    holidays: str | None = None
    hospital_days: int = 0
    prefer: Preference = Preference.FEWEST_CHANGES
    change_hours: Hours | None = None
    prepare_days: frozenset[Weekday] | None = None
    prepare_hours: Hours | None = None
    hospital: PhaseWishes = PhaseWishes()
    home: PhaseWishes = PhaseWishes()

    def phase(self, first_day: int) -> PhaseWishes:
        """What is wished otherwise for a bag that is hung on this infusion day."""
        return self.hospital if first_day <= self.hospital_days else self.home

    def durations_on(self, first_day: int) -> tuple[int, ...] | None:
        """The durations permitted for a bag hung on this infusion day; None: not said."""
        wished = self.phase(first_day).durations_h
        return self.durations_h if wished is None else wished

    @property
    def all_durations_h(self) -> frozenset[int] | None:
        """Every duration permitted somewhere; None: somewhere all are."""
        phases = (self.hospital.durations_h, self.home.durations_h)
        every = [self.durations_h if wished is None else wished for wished in phases]
        said = [wished for wished in every if wished is not None]
        return None if len(said) < len(every) else frozenset(each for wished in said for each in wished)


@dataclass(frozen=True, slots=True)
class Order:
    """One cycle for one patient.

    `indication` is a key of the protocol's courses. `start_at` is a clock time without offset in
    `time_zone` (the zone of the place of infusion); it exists exactly once there.
    `prescribed` is None where the file does not say what the prescriber wrote. `interruptions` are in the
    order of time; `ended_at` (aware) is when the treatment was ended for good. No order file says that.
    """

    order_number: str
    patient: Patient
    prescriber: str
    indication: str
    cycle: int
    start_at: datetime
    time_zone: str
    setting: Setting
    destination: str
    dose_modification: DoseModification | None = None
    prescribed: tuple[PrescribedDose, ...] | None = None
    bags: BagWishes = BagWishes()
    interruptions: tuple[Interruption, ...] = ()
    ended_at: datetime | None = None
