"""The directory of the demo community finds whom the manifest names."""

import pytest
from django.test import Client

from cop.home.demo.build import manifest
from members.models import Member
from members.operations.directory_rebuild import rebuild
from members.queries.directory import PER_PAGE

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]  # the journeys build a demo every day


def handles(client: Client, query: str) -> list[str]:
    """Of all pages."""
    first = client.get(f"/members/{query}").context["page"]
    pages = [client.get(f"/members/{query}&page={number}") for number in first.paginator.page_range]
    return [card.person.handle for page in pages for card in page.context["cards"]]


@pytest.mark.slow
def test_a_skill_with_a_least_depth_finds_exactly_whom_the_manifest_names_and_nobody_hidden(demo):
    search = manifest()["search"]
    client = Client()
    client.force_login(Member.objects.get(handle="kim"))

    found = handles(client, f"?skill={search['skill']}&depth={search['depth']}")
    everybody = handles(client, "?q=")
    last = client.get("/members/?page=999").context["page"]

    assert sorted(found) == search["handles"]
    assert sorted(everybody) == sorted(Member.objects.filter(in_directory=True).values_list("handle", flat=True))
    assert last.number == last.paginator.num_pages == -(-len(everybody) // PER_PAGE)
    assert rebuild().mended == 0
