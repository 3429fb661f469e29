"""The order of the command line's page, as a person types it into the form."""

from __future__ import annotations

from ui.order.draft import DoseLine, Draft


def typed() -> Draft:
    """CLI.md's order, as a person types it."""
    return Draft(
        texts={
            "order_number": "RX-1001",
            "patient.record_number": "4471023",
            "patient.family_name": "Tremblay",
            "patient.given_names": "Anne-Marie",
            "patient.date_of_birth": "1979-03-14",
            "patient.weight_kg": "71.5",
            "patient.weight_taken_on": "2026-11-20",
            "prescriber": "Dr. L. Okafor",
            "time_zone": "America/Toronto",
            "destination": "6 East, bed 12",
            "bags.hospital_days": "9",
        },
        choices={
            "indication": "relapsed-refractory",
            "cycle": "1",
            "setting": "inpatient",
            "patient.pregnant": "no",
            "patient.breastfeeding": "no",
            "patient.benzyl_alcohol_hypersensitivity": "no",
            "dose_modification": "none",
            "bags.benzyl_alcohol": "permitted",
            "bags.prefer": "fewest-changes",
            "bags.holidays": "CA-ON",
        },
        start_day="2026-11-23",
        start_time="14:00",
        doses=(DoseLine("1", "7", "9"), DoseLine("8", "28", "28")),
        durations_h=("24", "48", "72", "96", "168"),
        closed_days=("saturday", "sunday"),
    )
