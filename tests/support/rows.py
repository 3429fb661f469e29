"""One row of each table as plain values, which all constraints accept; and what makes another of it."""

from __future__ import annotations

Value = str | int | None
Values = dict[str, Value]

DIGEST = "c" * 64
SECOND_DIGEST = "d" * 64
THIRD_DIGEST = "e" * 64
NOTHING_BEFORE = "0" * 64
MOMENT = "2026-11-23T19:00:00.000000Z"
LATER = "2026-11-30T19:00:00.000000Z"

# One row of each table that all constraints accept.
ROWS: dict[str, Values] = {
    "order_": {
        "order_number": "RX-1",
        "record_number": "4471023",
        "family_name": "Tremblay",
        "given_names": "Anne-Marie",
        "date_of_birth": "1979-03-14",
        "weight_kg": "71.5",
        "weight_taken_on": "2026-11-20",
        "benzyl_alcohol_hypersensitivity": "no",
        "pregnant": "no",
        "breastfeeding": "not-known",
        "prescriber": "Dr. L. Okafor",
        "indication": "relapsed-refractory",
        "cycle": 1,
        "start_at": "2026-11-23T14:00",
        "time_zone": "America/Toronto",
        "setting": "inpatient",
        "destination": "6 East, bed 12",
        "modification_event": "crs",
        "modification_grade": 3,
        "modification_day": 1,
        "modification_reason": "resolved on day 5",
        "benzyl_alcohol": "permitted",
        "holidays": "CA-ON",
        "hospital_days": 0,
        "prefer": "fewest-changes",
        "stored_at": MOMENT,
        "starts_at": MOMENT,
        "ends_at": LATER,
        "document": "{}",
        "digest": DIGEST,
    },
    "prescribed_dose": {"order_number": "RX-1", "from_day": 1, "to_day": 7, "dose_mcg_per_day": "9"},
    "wished_duration": {"order_number": "RX-1", "list": "sequence", "position": 1, "duration_h": 168},
    "closed_day": {"order_number": "RX-1", "weekday": "sunday"},
    "order_reason": {"order_number": "RX-1", "finding": "order.weight-old", "reason": "weighed by phone"},
    "plan": {
        "order_number": "RX-1",
        "revision": 1,
        "order_digest": DIGEST,
        "protocol_drug": "blinatumomab",
        "protocol_country": "CA",
        "protocol_monograph": "2026-02-27",
        "protocol_revision": 1,
        "protocol_digest": "sha256:1",
        "protocol_commissioned": "no",
        "zone_data": "2026.6",
        "chosen": "yes",
        "made_at": MOMENT,
        "bag_count": 1,
        "changes": 0,
        "closed_day_changes": 0,
        "line_changes": 0,
        "vials": 2,
        "drug_ordered_mcg": "63",
        "drug_discarded_mcg": "0",
        "benzyl_alcohol_days": 7,
        "digest": DIGEST,
    },
    "planned_bag": {
        "order_number": "RX-1",
        "revision": 1,
        "number": 1,
        "first_day": 1,
        "last_day": 7,
        "dose_mcg_per_day": "9",
        "duration_h": 168,
        "elapsed_h": "168",
        "diluent": "bacteriostatic",
        "filter": "none",
        "rate_ml_per_h": "0.6",
        "volume_to_infuse_ml": "100.8",
        "bag_volume_ml": "110",
        "overfill_ml": "0",
        "drug_ml": "5.5",
        "vials": 2,
        "ordered_mcg": "63",
        "start_at": MOMENT,
        "change_at": LATER,
        "line_change": "no",
        "dose_change": "no",
        "closed_day_change": "no",
        "early_h": "0",
        "clock_time_skipped": "no",
        "clock_time_twice": "no",
    },
    "label": {
        "id": 1,
        "order_number": "RX-1",
        "plan_revision": 1,
        "bag": 1,
        "serial": "2611230001",
        "stock": "4x3",
        "dpi": 203,
        "sha256": DIGEST,
        "made_at": MOMENT,
    },
    "audit_entry": {
        "number": 1,
        "at": MOMENT,
        "site_time": "2026-11-23T14:00:00.000000-05:00",
        "site_zone": "America/Toronto",
        "act": "order-added",
        "thing": "order RX-1",
        "person": "training",
        "station": "desk",
        "facts": "{}",
        "digest_before": "",
        "digest_after": "",
        "previous": NOTHING_BEFORE,
        "digest": DIGEST,
    },
}

# What turns the row into a second one that all constraints accept.
ANOTHER: dict[str, Values] = {
    "order_": {"order_number": "RX-2"},
    "prescribed_dose": {"from_day": 8, "to_day": 28},
    "wished_duration": {"position": 2},
    "closed_day": {"weekday": "monday"},
    "order_reason": {"finding": "order.start-past"},
    "plan": {"revision": 2},
    "planned_bag": {"number": 2},
    "label": {"id": 2},
    "audit_entry": {"number": 3, "previous": SECOND_DIGEST, "digest": THIRD_DIGEST},
}

SECOND_ENTRY: Values = {**ROWS["audit_entry"], "number": 2, "previous": DIGEST, "digest": SECOND_DIGEST}
