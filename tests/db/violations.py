"""What each constraint of the database is there to refuse."""

from __future__ import annotations

from tests.support.rows import (
    DIGEST,
    FACT_TABLES,
    LATER,
    MOMENT,
    NOTHING_BEFORE,
    SECOND_DIGEST,
    THIRD_DIGEST,
    Value,
    Values,
)

NO_DAY: list[Value] = ["14 March", "", "2026-11-23T14:00"]
NO_MOMENT: list[Value] = ["2026-11-23", "2026-11-23T19:00:00Z", "2026-11-23T19:00:00.000000+00"]
NO_TEXT: list[Value] = ["", "x" * 201]
NO_CODE: list[Value] = ["", "X" * 21]
NO_DIGEST: list[Value] = ["", "c" * 63, "c" * 65]
NOT_POSITIVE: list[Value] = ["0", "-0.1"]
NEGATIVE: list[Value] = ["-0.1"]
BELOW_ONE: list[Value] = [0, -1]
BELOW_ZERO: list[Value] = [-1]
NO_ANSWER: list[Value] = ["true", "", "not-known"]
NO_OPEN_ANSWER: list[Value] = ["true", "", "unknown"]
NO_MEMBER: list[Value] = ["", "Other"]

OF_FACTS: dict[str, list[Value]] = {
    "key": ["", "k" * 501],
    "revision": BELOW_ONE,
    "at": NO_MOMENT,
    "content": [""],
    "digest": NO_DIGEST,
}

# What the constraint of a column refuses, one after the other.
BY_COLUMN: dict[str, dict[str, list[Value]]] = {
    "order_": {
        "order_number": ["", "X" * 21],
        "record_number": NO_CODE,
        "family_name": NO_TEXT,
        "given_names": NO_TEXT,
        "date_of_birth": NO_DAY,
        "weight_kg": NOT_POSITIVE,
        "weight_taken_on": NO_DAY,
        "benzyl_alcohol_hypersensitivity": NO_OPEN_ANSWER,
        "pregnant": NO_OPEN_ANSWER,
        "breastfeeding": NO_OPEN_ANSWER,
        "prescriber": NO_TEXT,
        "indication": NO_TEXT,
        "cycle": BELOW_ONE,
        "start_at": ["2026-11-23", "2026-11-23T14:00:00"],
        "time_zone": NO_TEXT,
        "setting": NO_MEMBER,
        "destination": NO_TEXT,
        "modification_event": NO_MEMBER,
        "modification_grade": [0, 6],
        "modification_day": BELOW_ONE,
        "modification_reason": NO_TEXT,
        "benzyl_alcohol": NO_MEMBER,
        "holidays": NO_CODE,
        "hospital_days": BELOW_ZERO,
        "prefer": NO_MEMBER,
        "stored_at": NO_MOMENT,
        "starts_at": ["2026-11-23"],
        "ends_at": ["2027"],
        "document": [""],
        "digest": NO_DIGEST,
    },
    "prescribed_dose": {
        "from_day": BELOW_ONE,
        "to_day": [7],
        "dose_mcg_per_day": NOT_POSITIVE,
    },
    "wished_duration": {"list": NO_MEMBER, "position": BELOW_ONE, "duration_h": BELOW_ONE},
    "closed_day": {"weekday": NO_MEMBER},
    "planning": {"content": ["", "{}"]},
    "order_reason": {"finding": NO_TEXT, "reason": ["", "x" * 2001]},
    "plan": {
        "revision": BELOW_ONE,
        "order_digest": NO_DIGEST,
        "protocol_drug": NO_TEXT,
        "protocol_country": NO_TEXT,
        "protocol_monograph": NO_DAY,
        "protocol_revision": BELOW_ONE,
        "protocol_digest": NO_TEXT,
        "protocol_commissioned": NO_ANSWER,
        "zone_data": NO_TEXT,
        "chosen": NO_ANSWER,
        "made_at": NO_MOMENT,
        "bag_count": BELOW_ONE,
        "changes": BELOW_ZERO,
        "closed_day_changes": BELOW_ZERO,
        "line_changes": BELOW_ZERO,
        "vials": BELOW_ONE,
        "drug_ordered_mcg": NOT_POSITIVE,
        "drug_discarded_mcg": NEGATIVE,
        "benzyl_alcohol_days": BELOW_ZERO,
        "digest": NO_DIGEST,
    },
    "planned_bag": {
        "number": BELOW_ONE,
        "first_day": BELOW_ONE,
        "last_day": [0],
        "dose_mcg_per_day": NOT_POSITIVE,
        "duration_h": BELOW_ONE,
        "elapsed_h": NOT_POSITIVE,
        "diluent": NO_MEMBER,
        "filter": NO_MEMBER,
        "rate_ml_per_h": NOT_POSITIVE,
        "volume_to_infuse_ml": NOT_POSITIVE,
        "bag_volume_ml": NOT_POSITIVE,
        "overfill_ml": NEGATIVE,
        "drug_ml": NOT_POSITIVE,
        "vials": BELOW_ONE,
        "ordered_mcg": NOT_POSITIVE,
        "start_at": ["2026-11-23"],
        "change_at": ["2027"],
        "line_change": NO_ANSWER,
        "dose_change": NO_ANSWER,
        "closed_day_change": NO_ANSWER,
        "early_h": NEGATIVE,
        "clock_time_skipped": NO_ANSWER,
        "clock_time_twice": NO_ANSWER,
    },
    "label": {
        "serial": NO_TEXT,
        "stock": NO_TEXT,
        "dpi": BELOW_ONE,
        "sha256": NO_DIGEST,
        "made_at": NO_MOMENT,
    },
    **dict.fromkeys(FACT_TABLES, OF_FACTS),
    "photograph": {"sha256": NO_DIGEST, "content": [b""]},
    "bag_event": {
        "serial": ["", "261123001", "26112300001"],
        "number": [0, -1],
        "at": NO_MOMENT,
        "act": NO_TEXT,
        "state": NO_MEMBER,
        "order_number": ["RX-1"],
        "code": ["09990000000017"],
        "lot": ["A-1"],
        "photograph": [DIGEST],
        "content": [""],
        "digest": NO_DIGEST,
    },
    "audit_entry": {
        "number": [0],
        "at": NO_MOMENT,
        "site_time": NO_TEXT,
        "site_zone": NO_TEXT,
        "act": NO_TEXT,
        "thing": NO_TEXT,
        "person": NO_TEXT,
        "station": NO_TEXT,
        "facts": [""],
        "previous": NO_DIGEST,
        "digest": NO_DIGEST,
    },
}
BY_NAME: dict[str, tuple[str, list[Values]]] = {
    "ck_order__modification_whole": (
        "order_",
        [
            {"modification_event": None},
            {"modification_grade": None},
            {"modification_day": None},
            {"modification_reason": None},
        ],
    ),
    "ck_order__ends_after_start": ("order_", [{"ends_at": MOMENT}, {"starts_at": LATER, "ends_at": MOMENT}]),
    "ck_planned_bag_change_after_start": ("planned_bag", [{"change_at": MOMENT}]),
    "ck_audit_entry_first": ("audit_entry", [{"previous": NOTHING_BEFORE}]),
    "ck_bag_event_first": ("bag_event", [{"act": "Started", "order_number": "RX-1"}, {"number": 1}]),
    "uq_audit_entry_previous": ("audit_entry", [{"previous": DIGEST}]),
    "uq_audit_entry_digest": ("audit_entry", [{"digest": SECOND_DIGEST}]),
    "pk_order_": ("order_", [{"order_number": "RX-1"}]),
    "pk_prescribed_dose": ("prescribed_dose", [{"from_day": 1}]),
    "pk_wished_duration": ("wished_duration", [{"position": 1}]),
    "pk_closed_day": ("closed_day", [{"weekday": "sunday"}]),
    "pk_planning": ("planning", [{"order_number": "RX-1"}]),
    "pk_order_reason": ("order_reason", [{"finding": "order.weight-old"}]),
    "pk_plan": ("plan", [{"revision": 1}]),
    "pk_planned_bag": ("planned_bag", [{"number": 1}]),
    "pk_label": ("label", [{"id": 1}]),
    **{f"pk_{table}": (table, [{"revision": 1}]) for table in FACT_TABLES},
    "pk_photograph": ("photograph", [{"sha256": DIGEST}]),
    "pk_bag_event": ("bag_event", [{"number": 1, "act": "Started", "order_number": "RX-1"}]),
    "pk_audit_entry": ("audit_entry", [{"number": 2}]),
    "fk_prescribed_dose_order_": ("prescribed_dose", [{"order_number": "RX-9"}]),
    "fk_wished_duration_order_": ("wished_duration", [{"order_number": "RX-9"}]),
    "fk_closed_day_order_": ("closed_day", [{"order_number": "RX-9"}]),
    "fk_planning_order_": ("planning", [{"order_number": "RX-9"}]),
    "fk_order_reason_order_": ("order_reason", [{"order_number": "RX-9"}]),
    "fk_plan_order_": ("plan", [{"order_number": "RX-9"}]),
    "fk_planned_bag_plan": ("planned_bag", [{"revision": 9}]),
    "fk_bag_event_order_": (
        "bag_event",
        [{"serial": "2611230002", "number": 1, "act": "Started", "order_number": "RX-9"}],
    ),
    "fk_bag_event_photograph": ("bag_event", [{"act": "Photographed", "photograph": THIRD_DIGEST}]),
    "fk_label_planned_bag": ("label", [{"bag": 9}, {"plan_revision": 9}, {"order_number": "RX-9"}]),
}


def violations() -> dict[str, tuple[str, list[Values]]]:
    """All of them, by the constraint's name: the table, and the changes that it must refuse."""
    found = dict(BY_NAME)
    for table, columns in BY_COLUMN.items():
        for column, values in columns.items():
            found[f"ck_{table}_{column}"] = (table, [{column: value} for value in values])
    return found
