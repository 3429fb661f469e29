"""The schema, step by step. `versions/` holds one file for each step, named r0001_what_it_does.py."""
