import pytest

from tests.factories import editorial


@pytest.fixture(autouse=True)
def memos(db):
    """Texts of these tests are memos."""
    editorial.announce()
