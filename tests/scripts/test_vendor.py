"""The record of borrowed files notices every way in which they can differ from it."""

from pathlib import Path

import pytest

from scripts import vendor

WANTED = {"tiny": "1.2.3"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vendor folder with one package of two files, recorded as vendor.py records it."""
    package = vendor.Package("tiny", "tiny", {})
    (tmp_path / "tiny" / "deep").mkdir(parents=True)
    (tmp_path / "tiny" / "LICENSE").write_text("Do as you like")
    (tmp_path / "tiny" / "deep" / "tiny.mjs").write_text("export const tiny = 1;\n")
    record = vendor.section(package, WANTED["tiny"], "MIT", tmp_path)
    (tmp_path / vendor.RECORD).write_text(f"{vendor.INTRODUCTION}\n{record}")
    return tmp_path


def test_files_as_recorded_are_accepted(folder: Path) -> None:
    assert vendor.verify(folder, WANTED) == 2


def test_a_changed_file_is_noticed(folder: Path) -> None:
    (folder / "tiny" / "deep" / "tiny.mjs").write_text("export const tiny = 2;\n")
    with pytest.raises(vendor.BadVendorError, match=r"tiny/deep/tiny.mjs was changed"):
        vendor.verify(folder, WANTED)


def test_a_file_nobody_recorded_is_noticed(folder: Path) -> None:
    (folder / "tiny" / "extra.mjs").write_text("")
    with pytest.raises(vendor.BadVendorError, match=r"not in both: tiny/extra.mjs"):
        vendor.verify(folder, WANTED)


def test_a_lost_file_is_noticed(folder: Path) -> None:
    (folder / "tiny" / "LICENSE").unlink()
    with pytest.raises(vendor.BadVendorError, match=r"not in both: tiny/LICENSE"):
        vendor.verify(folder, WANTED)


def test_another_version_in_package_json_is_noticed(folder: Path) -> None:
    with pytest.raises(vendor.BadVendorError, match=r"has tiny 1.2.3, package.json 2.0.0"):
        vendor.verify(folder, {"tiny": "2.0.0"})


def test_each_package_brings_its_licence_along(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "tiny.mjs").write_text("export const tiny = 1;\n")
    package = vendor.Package("tiny", "tiny", {"tiny.mjs": ""})
    with pytest.raises(vendor.BadVendorError, match=r"tiny has no LICENSE"):
        vendor.copy(package, source, tmp_path)
    (source / "LICENSE").write_text("Do as you like")
    vendor.copy(package, source, tmp_path)
    assert sorted(p.name for p in (tmp_path / "tiny").iterdir()) == ["LICENSE", "tiny.mjs"]
