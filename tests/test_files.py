"""Files are given out whole or not at all, and what was there before stays when they are not."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pharmacy_app.domain.errors import StationTrouble
from pharmacy_app.files import write_whole
from tests.support.command_line import leftovers

MANY_BYTES = b"x" * 300_000


@pytest.fixture
def only_100_kb() -> Iterator[None]:
    """A limit on the size of files, as a stand-in for a disk that fills up half-way."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def trouble(path: Path, content: bytes = b"new") -> str:
    """Why the file could not be written."""
    with pytest.raises(StationTrouble) as caught:
        write_whole(path, content)
    assert caught.value.code == "trouble.write"
    return caught.value.values["reason"]


def test_a_new_file_has_the_content_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_whole(tmp_path / "label.pdf", MANY_BYTES)
    assert (tmp_path / "label.pdf").read_bytes() == MANY_BYTES
    assert leftovers(tmp_path) == ["label.pdf"]


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o027, 0o640), (0o077, 0o600)])
def test_who_may_read_a_file_is_what_the_umask_says(tmp_path: Path, umask: int, mode: int) -> None:
    path = tmp_path / "label.pdf"
    before = os.umask(umask)
    try:
        write_whole(path, b"new")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == mode


def test_a_former_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "label.pdf"
    path.write_bytes(b"former")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"


def test_who_had_opened_the_former_file_still_reads_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "label.pdf"
    path.write_bytes(b"former")
    with path.open("rb") as reader:
        write_whole(path, b"new")
        assert reader.read() == b"former"


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    link, target = tmp_path / "link.pdf", tmp_path / "folder" / "target.pdf"
    link.symlink_to(target)
    write_whole(link, b"new")
    assert (link.is_symlink(), target.read_bytes()) == (True, b"new")
    assert leftovers(tmp_path) == ["folder/target.pdf", "link.pdf"]


def no_folder(folder: Path) -> Path:
    return folder / "none" / "label.pdf"


def a_file_as_folder(folder: Path) -> Path:
    (folder / "file").write_bytes(b"former")
    return folder / "file" / "label.pdf"


def a_folder(folder: Path) -> Path:
    (folder / "label.pdf").mkdir()
    return folder / "label.pdf"


def too_long_a_name(folder: Path) -> Path:
    return folder / ("x" * 300)


def no_name(folder: Path) -> Path:
    return folder / "\x00"


@pytest.mark.parametrize("place", [no_folder, a_file_as_folder, a_folder, too_long_a_name, no_name])
def test_a_place_that_cannot_be_written_is_trouble_and_leaves_nothing(
    tmp_path: Path, place: Callable[[Path], Path]
) -> None:
    path = place(tmp_path)
    before = leftovers(tmp_path)
    assert trouble(path)
    assert leftovers(tmp_path) == before


@pytest.mark.parametrize("device", ["/dev/full", "/dev/null"])
def test_a_device_is_never_replaced_by_a_file(device: str) -> None:
    assert trouble(Path(device)) == "it is not an ordinary file"
    assert Path(device).is_char_device()


def test_a_folder_of_the_kernel_is_trouble() -> None:
    assert trouble(Path("/proc/label.pdf"))


def test_a_disk_that_fills_up_half_way_leaves_the_former_file_and_no_half_one(
    tmp_path: Path, only_100_kb: None
) -> None:
    path = tmp_path / "label.pdf"
    path.write_bytes(b"former")
    assert trouble(path, MANY_BYTES) == "File too large"
    assert path.read_bytes() == b"former"
    assert leftovers(tmp_path) == ["label.pdf"]


def test_the_sentence_names_a_place_that_no_terminal_could_show(tmp_path: Path) -> None:
    with pytest.raises(StationTrouble) as caught:
        write_whole(tmp_path / "none" / "\udce9.pdf", b"new")
    assert caught.value.values["path"].endswith("/none/\\udce9.pdf")
