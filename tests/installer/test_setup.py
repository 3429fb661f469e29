"""What ./run does before Python starts, tried on a checkout of its own with a program that answers little."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.sources import ROOT

# Says what it was given and where it stands; leaves the documents that it is asked for.
PROGRAM = """
import json, os, sys
from pathlib import Path
arguments = sys.argv[1:]
if "--pdf" in arguments:
    Path(arguments[arguments.index("--pdf") + 1]).write_text("PDF")
print(json.dumps({"arguments": arguments, "folder": os.getcwd()}))
sys.exit(int(os.environ.get("ANSWER", "0")))
"""
DOCUMENTS = ["label-bag-1.pdf", "plan.json", "worksheet-bag-1.pdf"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with a space in its name that looks like a checkout that is set up, with this Python."""
    root = tmp_path / "a checkout"
    for folder in ("ui", "labels", "db", "docs/examples", ".venv/bin"):
        (root / folder).mkdir(parents=True)
    (root / "pharmacy_app").mkdir()
    (root / "pharmacy_app" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    (root / "docs/examples/relapsed-refractory-cycle-1.json").write_text("{}", encoding="utf-8")
    for name in ("run", "requirements.lock", "requirements-test.lock"):
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "installer", root / "installer", ignore=shutil.ignore_patterns("__pycache__"))
    (root / ".venv/bin/python").symlink_to(Path(sys.executable).resolve())
    bash(root, "write_stamp run")
    return root


def bash(root: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Runs a piece of shell with the set-up's functions at hand."""
    return start(["bash", "-c", f'set -euo pipefail; root="$PWD"; source installer/setup.sh; {script}'], root)


def start(command: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in a folder, with no display and nothing of Python's settings but what is given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return subprocess.run(
        command,
        cwd=folder,
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def answer_of(arguments: str, folder: Path) -> str:
    return f'{{"arguments": [{arguments}], "folder": "{folder}"}}\n'


def test_run_passes_its_arguments_on_from_any_folder(checkout: Path, tmp_path: Path) -> None:
    answer = start([str(checkout / "run"), "plan", "an order.json", "*"], tmp_path)
    expected = answer_of('"plan", "an order.json", "*"', tmp_path)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, expected, "")


def test_run_works_through_a_symbolic_link(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "start").symlink_to("a checkout/run")
    answer = start(["./start", "plan"], tmp_path)
    assert (answer.stdout, answer.stderr) == (answer_of('"plan"', tmp_path), "")


def test_run_ends_with_the_programs_own_exit_code(checkout: Path) -> None:
    assert start(["./run", "plan"], checkout, ANSWER="3").returncode == 3


def test_no_file_of_the_users_takes_the_place_of_pythons_own(checkout: Path, tmp_path: Path) -> None:
    for name in ("json.py", "runpy.py", "os.py"):
        (tmp_path / name).write_text("raise SystemExit('not this one')", encoding="utf-8")
    answer = start([str(checkout / "run"), "plan"], tmp_path, PYTHONPATH=str(tmp_path))
    assert (answer.stdout, answer.stderr) == (answer_of('"plan"', tmp_path), "")


def test_the_program_is_compiled_although_python_may_write_no_bytecode(checkout: Path) -> None:
    start(["./run", "plan"], checkout, PYTHONDONTWRITEBYTECODE="1")
    assert len(list((checkout / "pharmacy_app/__pycache__").glob("__main__.*.pyc"))) == 1


def test_without_a_display_the_three_documents_are_left_and_named(checkout: Path, tmp_path: Path) -> None:
    answer = start([str(checkout / "run")], tmp_path)
    assert answer.returncode == 0
    assert answer.stderr.startswith("No display was found, so no window can be opened.")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == DOCUMENTS
    assert [name for name in DOCUMENTS if f"{tmp_path / 'out' / name}\n" not in answer.stdout] == []


def test_a_display_that_does_not_answer_is_none(checkout: Path, tmp_path: Path) -> None:
    (checkout / ".venv/.libraries-window").touch()
    answer = start([str(checkout / "run")], tmp_path, DISPLAY=":987")
    assert answer.stderr.startswith("The display does not answer: DISPLAY=:987.\nNo display was found")
    assert answer.returncode == 0


def test_a_place_that_cannot_be_written_is_station_trouble(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file of this name", encoding="utf-8")
    answer = start([str(checkout / "run")], tmp_path)
    assert answer.returncode == 4
    assert f"The documents cannot be written to {tmp_path}/out." in answer.stderr


def test_a_refusal_ends_the_demonstration_and_leaves_no_half_plan(checkout: Path, tmp_path: Path) -> None:
    assert start([str(checkout / "run")], tmp_path, ANSWER="3").returncode == 3
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    "change",
    [
        "echo >>requirements.lock",
        "rm .venv/.stamp-run",
        "rm .venv/bin/python",
        "ln -sf /bin/sh .venv/bin/python",
        ": >.venv/.stamp-run",
    ],
)
def test_a_set_up_that_is_not_whole_or_not_for_this_lock_is_not_ready(checkout: Path, change: str) -> None:
    assert bash(checkout, "environment_is_ready run").returncode == 0
    assert bash(checkout, f"{change}; environment_is_ready run").returncode == 1


def test_what_the_program_needs_is_not_all_that_the_tests_need(checkout: Path) -> None:
    assert bash(checkout, "environment_is_ready test").returncode == 1


def test_what_is_ready_for_the_tests_is_ready_for_the_program(checkout: Path) -> None:
    assert bash(checkout, "write_stamp test; rm .venv/.stamp-run; environment_is_ready run").returncode == 0


def test_a_set_up_that_fails_says_so_and_leaves_no_stamp(checkout: Path, tmp_path: Path) -> None:
    lock = "nothing-of-this-name==1.0 --hash=sha256:" + 64 * "0" + "\n"
    (checkout / "requirements.lock").write_text(lock, encoding="ascii")
    (checkout / "wheelhouse").mkdir()
    answer = start([str(checkout / "run"), "plan"], tmp_path, PYTHON=sys.executable)
    assert answer.returncode == 4
    assert answer.stdout == ""
    assert "Set-up did not finish; start it again when this is put right." in answer.stderr
    assert list((checkout / ".venv").glob(".stamp*")) == []


def test_a_folder_with_a_colon_is_refused_in_words(checkout: Path, tmp_path: Path) -> None:
    moved = checkout.rename(tmp_path / "a:b")
    answer = start([str(moved / "run"), "plan"], tmp_path)
    assert answer.returncode == 4
    assert "a folder with a colon in its name is not possible" in answer.stderr


def fake_system(folder: Path, *, user: int, known: str) -> str:
    """A PATH on which apt-get notes what it is asked, `sudo` is refused, and apt knows the given packages."""
    folder.mkdir()
    programs = {
        "apt-get": 'echo "apt-get $*" >>"${0%/*}/asked"',
        "apt-cache": f'case " {known} " in *" $2 "*) echo "  Candidate: 1.0" ;; esac',
        "sudo": "exit 1",
        "id": f"echo {user}",
    }
    for name, text in programs.items():
        (folder / name).write_text(f"#!/bin/bash\n{text}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return f'PATH="{folder}:$PATH"'


def test_who_may_not_install_is_told_the_exact_command(checkout: Path, tmp_path: Path) -> None:
    path = fake_system(tmp_path / "bin", user=1000, known="libnew")
    answer = bash(checkout, f'{path}; install_packages "Two things are missing." "libnew libold" "other"')
    assert answer.returncode == 4
    assert answer.stderr == (
        "Two things are missing. To install what is needed, type:\n"
        "    sudo sh -c 'apt-get update && apt-get install --yes --no-install-recommends libnew other'\n"
    )
    assert not (tmp_path / "bin/asked").exists()


def test_an_older_system_gets_the_older_name(checkout: Path, tmp_path: Path) -> None:
    path = fake_system(tmp_path / "bin", user=0, known="libold")
    answer = bash(checkout, f'{path}; install_packages "One thing is missing." "libnew libold"')
    assert answer.returncode == 0
    asked = (tmp_path / "bin/asked").read_text(encoding="utf-8").splitlines()
    options = "apt-get -qq -o DPkg::Lock::Timeout=600"
    assert asked == [f"{options} update", f"{options} install --yes --no-install-recommends libold"]
