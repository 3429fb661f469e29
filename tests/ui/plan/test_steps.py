"""Steps back and forward."""

from __future__ import annotations

from ui.plan.steps import Steps


def test_undo_and_redo_walk_along_the_same_things() -> None:
    steps: Steps[str] = Steps()
    steps.step("one")
    steps.step("two")
    assert steps.undo("three") == "two"
    assert steps.undo("two") == "one"
    assert steps.redo("one") == "two"
    assert steps.redo("two") == "three"
    assert (steps.may_undo, steps.may_redo) == (True, False)


def test_without_a_step_everything_stays() -> None:
    steps: Steps[str] = Steps()
    assert (steps.undo("now"), steps.redo("now")) == ("now", "now")
    assert (steps.may_undo, steps.may_redo) == (False, False)


def test_a_new_step_forgets_what_was_undone_and_a_new_beginning_everything() -> None:
    steps: Steps[str] = Steps()
    steps.step("one")
    steps.undo("two")
    steps.step("one")
    assert not steps.may_redo
    steps.forget()
    assert not steps.may_undo
