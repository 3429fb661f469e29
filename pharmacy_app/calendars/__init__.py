"""Public holidays as data. How they are made: installer/make_calendars.py."""
