import pytest

from tests.factories.members import VerbFactory


@pytest.fixture(autouse=True)
def verbs(request):
    """The acts that registering and coming write into the ledger."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("transactional_db" if _is_transactional(request) else "db")
        VerbFactory(slug="event-registered", kind="participation", points=0)
        VerbFactory(slug="event-attended", kind="participation", points=2)


def _is_transactional(request):
    return request.node.get_closest_marker("django_db").kwargs.get("transaction", False)
