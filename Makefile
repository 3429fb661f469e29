# Short names, for those who have make. Each line says what to type without it.
.PHONY: run test long check bench pictures lock

run:
	./run

test:
	./test

# What takes minutes, where `./test` takes a sample.
long:
	installer/python.sh -m tests.db.bit_flips
	./test tests/ui/long_killed_window.py

check:
	installer/check.sh

bench:
	installer/python.sh -m tests.bench

pictures:
	installer/python.sh -m tests.pictures

lock:
	installer/lock.sh
