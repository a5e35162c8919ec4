import pytest

from communities.models import Channel, Community
from tests.factories.communities import ChannelFactory, CommunityFactory, MembershipFactory

pytestmark = pytest.mark.django_db

INLINE = {
    f"{name}-{form}_FORMS": "0" for name in ("memberships", "boundary", "charter") for form in ("TOTAL", "INITIAL")
}


def form_of(community, **changes):
    fields = ["name", "slug", "kind", "order", "why", "success", "description", "stage", "visibility"]
    return {name: getattr(community, name) for name in fields} | {"brings": "time\n\n ideas "} | INLINE | changes


def test_a_parent_loop_is_refused_in_the_admin_with_the_reason(organizer_client):
    top = CommunityFactory(slug="top")
    below = CommunityFactory(slug="below", parent=top)

    answer = organizer_client.post(f"/admin/communities/community/{top.pk}/change/", form_of(top, parent=below.pk))

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors == {
        "parent": ["This would make a circle: “Below” stands below “Top” already. Choose another parent."]
    }
    assert Community.objects.get(pk=top.pk).parent is None


def test_an_organizer_writes_what_people_bring_one_per_line(organizer_client):
    top, other = CommunityFactory(slug="top"), CommunityFactory()

    organizer_client.post(f"/admin/communities/community/{top.pk}/change/", form_of(top, parent=other.pk))

    top.refresh_from_db()
    assert (top.brings, top.parent) == (["time", "ideas"], other)


def test_a_new_community_is_made_in_the_admin(organizer_client):
    built = CommunityFactory.build(slug="new", kind="study-group")

    answer = organizer_client.post("/admin/communities/community/add/", form_of(built))

    assert answer.status_code == 302
    assert list(Community.objects.values_list("slug", "kind", "brings")) == [("new", "study-group", ["time", "ideas"])]


def test_the_community_shows_those_who_carry_it_and_a_link_to_all_members(organizer_client):
    lead = MembershipFactory(role="lead", member__name="Hanna Lindqvist")
    MembershipFactory(community=lead.community, member__name="Ines Carvalho")

    page = organizer_client.get(f"/admin/communities/community/{lead.community_id}/change/").content.decode()

    assert "Hanna Lindqvist" in page
    assert "Ines Carvalho" not in page
    assert f'/admin/communities/membership/?community__id__exact={lead.community_id}">2 members</a>' in page


def test_a_community_that_has_members_cannot_be_deleted(organizer_client):
    mine = MembershipFactory()

    organizer_client.post(f"/admin/communities/community/{mine.community_id}/delete/", {"post": "yes"})

    assert Community.objects.count() == 1


def test_an_organizer_gives_a_role(organizer_client):
    mine = MembershipFactory()

    organizer_client.post(f"/admin/communities/membership/{mine.pk}/change/", {"role": "lead"})

    mine.refresh_from_db()
    assert mine.role == "lead"


def test_a_channel_with_a_foreign_host_is_refused_in_the_admin(organizer_client):
    channel = ChannelFactory()
    fields = ["platform", "function", "slug", "status", "order", "why", "audience", "rules"]
    form = {name: getattr(channel, name) for name in fields} | {"url": "https://example.org/invite"}

    answer = organizer_client.post(f"/admin/communities/channel/{channel.pk}/change/", form)

    assert answer.context["adminform"].form.errors == {
        "url": ["“example.org” does not belong to Discord. Accepted for Discord: discord.com, discord.gg."]
    }
    assert Channel.objects.get().url == ""


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("model", ["community", "membership", "channel"])
def test_lists_in_the_admin_open_with_any_number_of_rows(organizer_client, model, rows):
    MembershipFactory.create_batch(rows)
    ChannelFactory.create_batch(rows)

    answer = organizer_client.get(f"/admin/communities/{model}/")

    assert (answer.status_code, answer.context["cl"].result_count) == (200, rows)
