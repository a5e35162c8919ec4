"""What the everyday run leaves out is there, and what it must hold is not left out."""

from pathlib import Path

from django.conf import settings

from tests import thorough

ROOT = Path(settings.BASE_DIR)


def test_every_long_test_that_is_named_is_there():
    gone = [name for name in thorough.long_ones() if not is_there(*name.split("::"))]

    assert gone == [], "./run test --weigh writes the list anew"


def is_there(file, *inside):
    return (ROOT / file).exists() and f"def {inside[-1]}(" in (ROOT / file).read_text()


class Collected:
    """A stand-in for what pytest collects."""

    def __init__(self, node, *marks):
        self.nodeid, self.marks = node, marks

    def get_closest_marker(self, name):
        return name if name in self.marks else None


def test_the_long_and_the_thorough_are_left_out_and_the_everyday_kept(monkeypatch):
    monkeypatch.setattr(thorough, "long_ones", lambda: {"tests/a.py::test_long"})
    cases = {
        ("tests/a.py::test_quick",): True,
        ("tests/a.py::test_quick", "thorough"): False,
        ("tests/a.py::test_long[1]",): False,
        ("tests/a.py::test_long[1]", "everyday"): True,
        ("tests/a.py::test_long", "everyday", "thorough"): False,
    }

    assert {case: thorough.belongs_to_everyday(Collected(*case)) for case in cases} == cases
