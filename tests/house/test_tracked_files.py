"""What lies in the tree is fit to be read by strangers, anywhere."""

from __future__ import annotations

import re

from tests.house.tree import ROOT, project_files, shown

MOST_BYTES = 300_000
IMAGES = "docs/images/"
HERE = "tests/house/test_tracked_files.py"  # names what it looks for

# The folders of one machine, and the hosts of package registries: pip's own configuration knows its mirror.
FOREIGN = re.compile(
    r"(?<![\w./])/(?:work|root)/|pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org"
)


def texts() -> dict[str, str]:
    found = {}
    for path in project_files():
        try:
            found[shown(path)] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def test_no_file_names_a_folder_of_one_machine_or_a_package_registry() -> None:
    named = {
        f"{name}: {match[0]}"
        for name, text in texts().items()
        if name != HERE
        for match in FOREIGN.finditer(text)
    }
    assert named == set()


# Where numbers are written as they are masked in records.
X_IS_A_DIGIT = ("tests/privacy/forms.py", "tests/privacy/look_alikes.py", "tests/privacy/positives.py")


def test_nothing_is_left_to_be_done_later() -> None:
    marks = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
    left = {
        name for name, text in texts().items() if name not in {HERE, *X_IS_A_DIGIT} and marks.search(text)
    }
    assert left == set()


def test_no_file_is_large_but_a_picture_in_the_documentation() -> None:
    large = {
        shown(path): path.stat().st_size
        for path in project_files()
        if path.stat().st_size > MOST_BYTES and not shown(path).startswith(IMAGES)
    }
    assert large == {}


def test_no_document_of_others_is_in_the_tree() -> None:
    """Samples are made by a script; real documents stay where they come from."""
    assert [shown(path) for path in project_files() if path.suffix.lower() in {".pdf", ".tif", ".tiff"}] == []


def test_tests_are_collected_by_folder_not_as_packages() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_each_ignored_rule_has_its_reason() -> None:
    bare = re.compile(r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|type: ignore(?:\[[\w, -]*\])?)\s*$")
    without = [
        f"{name}:{number}"
        for name, text in texts().items()
        if name.endswith(".py") and name != HERE
        for number, line in enumerate(text.splitlines(), 1)
        if bare.search(line)
    ]
    assert without == []
