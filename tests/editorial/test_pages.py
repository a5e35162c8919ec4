import re
from datetime import timedelta

import pytest
from django.utils import timezone

from editorial.models import KeptText, Revision, TextLink
from editorial.operations import comments, drafts, proposals
from members.models import ConductVersion
from tests.factories.editorial import (
    KEPT,
    MEMO,
    SHOWN,
    RemarkFactory,
    TextFactory,
    VersionFactory,
    draft,
    proposal,
    steward,
)
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return VersionFactory(text=TextFactory(key="keys/at-home", title="Keys at home"))


@pytest.fixture
def keeper():
    return steward()


def words(answer):
    """What eyes read on the page."""
    seen = re.sub(r'<span class="visually-hidden">.*?</span>', "", answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", seen))


def wanted(**fields):
    return {
        "content": MEMO,
        "note": "Clearer",
        "change": "minor",
        "edition": 1,
        "base": 1,
        "seen": "",
        "do": "save",
    } | fields


def open_as(client, member, address, **given):
    client.force_login(member)
    return client.post(address, given) if given else client.get(address)


# History, difference, versions


def test_the_history_shows_three_versions_with_author_note_kind_and_differences(client, version, keeper):
    second = proposals.accept(proposal(version, by=MemberFactory(name="Ada", in_directory=True)), by=keeper)
    proposals.accept(proposal(second, "All is", "Nothing is", note="Honest"), by=keeper)

    page = client.get("/texts/memo/keys/at-home/history/")

    assert page.status_code == 200
    for said in ("Version 1", "Version 2", "Version 3", "First version", "Clearer", "Honest", "Minor: words"):
        assert said in words(page)
    assert 'href="/texts/memo/keys/at-home/difference/?from=2&amp;to=3"' in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_history_costs_the_same_for_one_version_and_for_three(
    number, member_client, version, keeper, django_assert_num_queries
):
    for _ in range(2, number + 1):
        proposal(version, by=MemberFactory())
    for place in range(2, number + 1):
        VersionFactory(text=version.text, number=place, author=MemberFactory(), decided_by=keeper)
    member_client.get("/texts/memo/keys/at-home/history/")

    with django_assert_num_queries(8):
        page = member_client.get("/texts/memo/keys/at-home/history/")

    assert page.content.decode().count('<li id="version-') == number


def test_the_history_names_where_a_text_comes_from_and_goes(client, version):
    newer, older, hidden = (
        TextFactory(title="Newer"),
        TextFactory(title="Older"),
        TextFactory(title="Hidden", address=""),
    )
    TextLink.objects.create(text=version.text, kind="superseded-by", other=newer)
    TextLink.objects.create(text=version.text, kind="adapted-from", other=older)
    TextLink.objects.create(text=hidden, kind="adapted-from", other=version.text)

    said = words(client.get("/texts/memo/keys/at-home/history/"))

    assert "Superseded by Newer" in said
    assert "Adapted from Older" in said
    assert "Hidden" not in said


def test_any_two_versions_stand_side_by_side(client, version, keeper):
    proposals.accept(proposal(version), by=keeper)

    newest = client.get("/texts/memo/keys/at-home/difference/").content.decode()
    asked = client.get("/texts/memo/keys/at-home/difference/?from=2&to=1&all=1")
    same = client.get("/texts/memo/keys/at-home/difference/?from=2&to=2")

    assert '<ins><span class="visually-hidden"> added: </span>short ' in newest
    assert "1 word came, 0 words went from version 1 to version 2 ·" in re.sub(r"\s+", " ", newest)
    assert "0 words came, 1 word went from version 2 to version 1 ·" in words(asked)
    assert "Both versions have the same words." in words(same)


@pytest.mark.parametrize("query", ["from=9", "to=0", "from=-1", "to=x", "from=%C2%B2", "to=99999999999999999999"])
def test_versions_that_are_not_there_have_no_difference(client, version, query):
    assert client.get(f"/texts/memo/keys/at-home/difference/?{query}").status_code == 404


def test_one_version_is_shown_as_readers_saw_it(client, member_client, version, keeper):
    proposals.accept(proposal(version), by=keeper)

    page = member_client.get("/texts/memo/keys/at-home/versions/1/").content.decode()

    assert '<h2 id="first-steps">First steps</h2>' in page
    assert "Bring this version back" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "Bring this version back" not in client.get("/texts/memo/keys/at-home/versions/2/").content.decode()


def test_a_text_that_readers_do_not_see_has_no_pages_for_others(client, member, keeper):
    new = drafts.begin_new("memo", title="Mine", topic="security", content="## A\n", by=MemberFactory())
    pages = ["history", "difference", "propose", "versions/1"]

    answers = [open_as(client, member, f"/texts/memo/mine/{page}/").status_code for page in pages]
    answers += [client.get(f"/texts/memo/nothing/{page}/").status_code for page in pages]

    assert answers == [404] * 8
    assert open_as(client, new.author, "/texts/memo/mine/history/").status_code == 200
    assert open_as(client, keeper, "/texts/memo/mine/history/").status_code == 200


# Queue and own texts


def test_the_queue_shows_the_oldest_first_and_how_long_it_waits(client, version, keeper):
    old, new = proposal(version, note="The old one"), proposal(version, note="The new one")
    Revision.objects.filter(pk=old.pk).update(proposed_at=timezone.now() - timedelta(days=9))
    comments.comment(new, by=keeper, body="Why?")

    page = open_as(client, keeper, "/texts/")

    said = words(page)
    assert said.index("The old one") < said.index("The new one")
    assert "1 week, 2 days" in said
    assert "1 open remark" in said
    assert page.content.decode().count("text-bg-warning") == 1


def test_the_queue_holds_nothing_of_other_topics_and_nothing_of_ones_own(client, version, keeper):
    KEPT[(author := MemberFactory()).pk] = {"security"}
    proposal(version, by=author, note="By a steward")

    assert "By a steward" in words(open_as(client, keeper, "/texts/"))
    assert "Nothing waits for you" in words(open_as(client, author, "/texts/"))
    assert "Nothing waits for you" in words(open_as(client, steward("retrieval"), "/texts/"))
    assert "You keep no texts yet" in words(open_as(client, MemberFactory(), "/texts/"))


@pytest.mark.parametrize("number", [1, 3])
def test_queue_and_own_texts_cost_the_same_for_one_row_and_for_three(
    number, client, version, keeper, django_assert_num_queries
):
    author = MemberFactory()
    for place in range(number):
        changed = VersionFactory()
        comments.comment(proposal(changed, by=author), by=keeper, body=f"Remark {place}")
    client.force_login(keeper)
    client.get("/texts/")

    with django_assert_num_queries(6):
        assert client.get("/texts/").content.decode().count("open remark") == number
    client.force_login(author)
    with django_assert_num_queries(4):
        assert client.get("/texts/mine/").content.decode().count("open remark") == number


def test_own_texts_stand_by_what_has_to_be_done(client, version, keeper, member):
    draft(version, "One", "No", by=member)
    proposals.refuse(proposal(VersionFactory(), by=member, note="Was refused"), by=keeper, reason="Said before")
    shared = draft(version, "One", "Two", by=MemberFactory())
    drafts.invite(shared, member, by=shared.author)

    said = words(open_as(client, member, "/texts/mine/"))

    assert said.index("In your hands") < said.index("Done") < said.index("Was refused")
    assert said.count("Keys at home") == 2
    assert "Nothing here yet" in words(open_as(client, MemberFactory(), "/texts/mine/"))


# Writing


def test_nothing_is_kept_before_the_first_saving(member_client, version):
    page = member_client.get("/texts/memo/keys/at-home/propose/").content.decode()
    preview = member_client.post("/texts/memo/keys/at-home/propose/", wanted(content="## New\n\nLook", do="preview"))

    assert "It begins here." in page
    assert '<h2 id="new">New</h2>' in preview.content.decode()
    assert Revision.objects.count() == 1


def test_a_change_is_proposed_from_the_page_of_the_text(member_client, member, version):
    answer = member_client.post(
        "/texts/memo/keys/at-home/propose/",
        wanted(content=MEMO.replace("One", "No"), do="propose", change="substantive"),
    )

    made = Revision.objects.get(author=member)
    assert (answer.status_code, answer["Location"]) == (302, f"/texts/changes/{made.pk}/")
    assert (made.status, made.note, made.change, made.base) == ("proposed", "Clearer", "substantive", version)


def test_one_section_is_proposed_alone(member_client, member, version):
    address = "/texts/memo/keys/at-home/propose/?section=the-end"
    seen = re.search(r'name="seen" value="(\w+)"', member_client.get(address).content.decode())[1]

    member_client.post(address, wanted(content="## The end\r\n\r\nAll is good.", seen=seen, do="propose"))

    made = Revision.objects.get(author=member)
    assert (made.section, made.status) == ("the-end", "proposed")
    assert made.content == MEMO.replace("All is well", "All is good")


def test_sections_are_offered_before_the_whole_text_with_the_facts_last(member_client):
    VersionFactory(text=TextFactory(key="keys/at-home"), content="---\ntitle: Keys\n---\n\n" + MEMO)

    page = member_client.get("/texts/memo/keys/at-home/propose/").content.decode()

    offered = re.findall(r'href="\?section=([\w-]*)"', page)
    assert offered == ["beginning", "first-steps", "the-end", "front-matter"]
    assert page.index("Change one section") < page.index("Or write in the whole text") < page.index("<textarea")


def test_a_section_that_the_text_does_not_have_leads_to_the_choice(member_client, version):
    answer = member_client.get("/texts/memo/keys/at-home/propose/?section=gone")

    assert (answer.status_code, answer["Location"]) == (302, "/texts/memo/keys/at-home/propose/")


def test_a_draft_that_is_open_goes_on(member_client, member, version):
    mine = draft(version, "One", "No", by=member)

    answer = member_client.get("/texts/memo/keys/at-home/propose/")

    assert (answer.status_code, answer["Location"]) == (302, f"/texts/changes/{mine.pk}/edit/?section=")


@pytest.mark.parametrize(
    ("given", "said"),
    [({"note": ""}, "Write what you change and why"), ({"content": " "}, "Write the text first"),
     ({"change": "huge"}, "Select a valid choice"), ({"content": "nonsense"}, "has to go"), ({}, "Nothing is changed")],
)  # fmt: skip
def test_a_proposal_with_faults_is_shown_again_with_what_was_typed(member_client, member, version, given, said):
    answer = member_client.post("/texts/memo/keys/at-home/propose/", wanted(do="propose", **given))

    page = answer.content.decode()
    assert (answer.status_code, 'id="error-summary"' in page) == (200, True)
    assert said in page
    assert given.get("content", "It begins here.") in page.replace("&#x27;", "'")
    assert not Revision.objects.filter(status="proposed").exists()


def test_saving_over_a_newer_version_is_refused_and_keeps_the_text_as_a_draft(member_client, member, version, keeper):
    proposals.accept(proposal(version), by=keeper)

    answer = member_client.post(
        "/texts/memo/keys/at-home/propose/", wanted(content=MEMO.replace("One step.", "Two steps."), do="propose")
    )

    made = Revision.objects.get(author=member)
    assert answer.status_code == 409
    assert (made.status, made.base, "Two steps." in made.content) == ("draft", version, True)
    assert "Two steps." in words(answer)
    assert "One short step." in words(answer)
    assert "Place 1 of 1" in words(answer)


def test_saving_a_draft_over_a_newer_version_answers_so_too(member_client, member, version, keeper):
    mine = draft(version, "All is", "Nothing is", by=member)
    proposals.accept(proposal(version), by=keeper)

    answer = member_client.post(f"/texts/changes/{mine.pk}/edit/", wanted(content="## Mine\n", edition=2))

    mine.refresh_from_db()
    assert (answer.status_code, mine.status, mine.content) == (409, "draft", "## Mine\n")


def test_the_author_settles_each_place_and_the_draft_builds_on_the_newest_version(
    member_client, member, version, keeper
):
    mine = draft(version, "One step.", "Two steps.", by=member)
    newer = proposals.accept(proposal(version), by=keeper)
    address = f"/texts/changes/{mine.pk}/merge/"
    given = {"on": newer.pk, "edition": 2, "choice_0": "own", "own_0": "Two short steps.\r\nAnother."}

    page, missing = member_client.get(address), member_client.post(address, {"on": newer.pk, "edition": 2})
    done = member_client.post(address, given)

    mine.refresh_from_db()
    assert "As in the version in force" in words(page)
    assert "Choose what stands at place 1." in words(missing)
    assert (done.status_code, mine.base) == (302, newer)
    assert "Two short steps.\nAnother.\n" in mine.content


@pytest.mark.parametrize("stale", [{"on": 0}, {"edition": 1}])
def test_settling_what_has_changed_since_is_a_lost_race(member_client, member, version, keeper, stale):
    mine = draft(version, "All is", "Nothing is", by=member)
    newer = proposals.accept(proposal(version), by=keeper)

    answer = member_client.post(f"/texts/changes/{mine.pk}/merge/", {"on": newer.pk, "edition": 2} | stale)

    assert answer.status_code == 409
    assert Revision.objects.get(pk=mine.pk).base == version


def test_a_draft_on_the_newest_version_has_nothing_to_settle(member_client, member, version):
    mine = draft(version, "One", "No", by=member)

    assert member_client.get(f"/texts/changes/{mine.pk}/merge/").status_code == 302


def test_who_saves_second_sees_both_texts_and_keeps_theirs(client, member, version):
    other = MemberFactory()
    mine = draft(version, "One", "No", by=member)
    drafts.invite(mine, other, by=member)
    open_as(client, other, f"/texts/changes/{mine.pk}/edit/", **wanted(content="Theirs was quicker", edition=2))

    lost = open_as(client, member, f"/texts/changes/{mine.pk}/edit/", **wanted(content="Mine came second", edition=2))
    edition = re.search(r'name="edition" value="(\d+)"', lost.content.decode())[1]
    again = client.post(f"/texts/changes/{mine.pk}/edit/", wanted(content="Both together", edition=edition))

    assert (lost.status_code, again.status_code) == (409, 302)
    assert "Theirs was quicker" in words(lost)
    assert re.search(r"<textarea[^>]*>\s*Mine came second</textarea>", lost.content.decode())
    assert KeptText.objects.get().content == "Mine came second\n"
    assert "Mine came second" in words(client.get(mine.get_absolute_url()))
    assert "Mine came second" not in words(open_as(client, other, mine.get_absolute_url()))
    assert Revision.objects.get(pk=mine.pk).content == "Both together\n"


def test_a_section_that_another_saved_first_shows_both_wordings(client, member, version):
    mine = drafts.begin(version.text, by=member)
    address = f"/texts/changes/{mine.pk}/edit/?section=the-end"
    seen = re.search(r'name="seen" value="(\w+)"', open_as(client, member, address).content.decode())[1]
    client.post(address, wanted(content="## The end\n\nFirst.", seen=seen))

    lost = client.post(address, wanted(content="## The end\n\nSecond.", seen=seen))

    assert lost.status_code == 409
    assert "First." in words(lost)
    assert "Second." in words(lost)
    assert KeptText.objects.get().section == "the-end"


def test_two_tabs_that_begin_the_same_change_lose_nothing(member_client, member, version):
    address = "/texts/memo/keys/at-home/propose/"
    member_client.post(address, wanted(content="From the first tab"))

    second = member_client.post(address, wanted(content="From the second tab"))

    assert second.status_code == 409
    assert Revision.objects.get(author=member).content == "From the first tab\n"
    assert KeptText.objects.get().content == "From the second tab\n"


def test_nobody_opens_the_draft_of_somebody_else(member_client, version):
    private, shared = draft(version, "One", "No"), draft(version, "One", "Two")
    drafts.share(shared, by=shared.author)

    answers = [
        member_client.get(f"/texts/changes/{one.pk}/{page}").status_code
        for one in (private, shared)
        for page in ("", "edit/", "merge/")
    ]

    assert answers == [404, 404, 404, 200, 403, 403]


def test_what_is_proposed_is_not_edited(member_client, member, version):
    proposed = proposal(version, by=member)

    assert member_client.get(f"/texts/changes/{proposed.pk}/edit/")["Location"] == f"/texts/changes/{proposed.pk}/"
    assert member_client.post(f"/texts/changes/{proposed.pk}/edit/", wanted()).status_code == 302


# Deciding and talking


def test_a_steward_accepts_on_the_page_and_the_author_cannot(client, version, keeper):
    author = steward()
    proposed = proposal(version, by=author)
    address = f"/texts/changes/{proposed.pk}/decide/"
    given = {"do": "accept", "edition": proposed.edition, "reason": "Good"}

    own = open_as(client, author, address, **given)
    other = open_as(client, MemberFactory(), address, **given)
    done = open_as(client, keeper, address, **given)
    twice = client.post(address, given)

    assert [own.status_code, other.status_code, done.status_code, twice.status_code] == [403, 403, 302, 409]
    assert "One short step." in SHOWN["keys/at-home"]


@pytest.mark.parametrize("way", ["ask", "refuse"])
def test_a_decision_without_reason_is_shown_again(client, version, keeper, way):
    proposed = proposal(version)

    answer = open_as(client, keeper, f"/texts/changes/{proposed.pk}/decide/", do=way, edition=2, reason="")

    assert answer.status_code == 200
    assert "Write the reason. The author reads it." in words(answer)


def test_a_steward_who_opened_an_older_wording_gets_the_newer_one(client, version, keeper):
    proposed = proposal(version)

    answer = open_as(client, keeper, f"/texts/changes/{proposed.pk}/decide/", do="accept", edition=1, reason="")

    assert answer.status_code == 409
    assert "The text was changed after you opened it." in words(answer)


def test_a_conflict_is_shown_to_the_steward_side_by_side_and_refused(client, version, keeper):
    second = proposal(version, "One step.", "Two steps.")
    proposals.accept(proposal(version), by=keeper)

    page = open_as(client, keeper, f"/texts/changes/{second.pk}/")
    answer = client.post(f"/texts/changes/{second.pk}/decide/", {"do": "accept", "edition": second.edition})

    assert "1 place is changed by both" in words(page)
    assert "One short step. Another step." in words(page)
    assert answer.status_code == 409


def test_remarks_are_made_settled_and_stop_the_acceptance(client, member, version, keeper):
    proposed = proposal(version)
    made = open_as(client, member, f"/texts/changes/{proposed.pk}/remark/", section="the-end", body="**Source?**")
    remark = proposed.comments.get()

    stopped = open_as(client, keeper, f"/texts/changes/{proposed.pk}/decide/", do="accept", edition=proposed.edition)
    page = client.get(f"/texts/changes/{proposed.pk}/").content.decode()
    closed = client.post(f"/texts/remarks/{remark.pk}/close/")

    assert made["Location"] == f"/texts/changes/{proposed.pk}/#remark-{remark.pk}"
    assert "1 remark is open. Settle them, or say why they can wait." in words(stopped)
    assert "<strong>Source?</strong>" in page
    assert "“The end”" in page
    assert closed.status_code == 302
    assert proposed.comments.get().closed_by == keeper


def test_a_remark_with_faults_is_shown_again(member_client, version):
    proposed = proposal(version)

    for given, said in (
        ({"body": ""}, "Write your remark."),
        ({"body": "x", "section": "no"}, "Select a valid choice"),
    ):
        answer = member_client.post(f"/texts/changes/{proposed.pk}/remark/", given)
        assert (answer.status_code, said in words(answer)) == (200, True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_change_costs_the_same_for_one_remark_and_for_three(
    number, client, version, keeper, django_assert_num_queries
):
    proposed = proposal(version)
    for _ in range(number):
        RemarkFactory(revision=proposed)
        drafts.CoAuthor.objects.create(revision=proposed, member=MemberFactory())
    client.force_login(keeper)
    client.get(proposed.get_absolute_url())

    with django_assert_num_queries(8):
        page = client.get(proposed.get_absolute_url())

    assert page.content.decode().count('<article class="remark"') == number


# Buttons


def test_authors_share_invite_take_back_take_up_and_discard(client, member, version):
    friend = MemberFactory(handle="ada", name="Ada")
    mine = draft(version, "One", "No", by=member)
    at = f"/texts/changes/{mine.pk}"

    said = [
        open_as(client, member, f"{at}/share/", go=1).status_code,
        client.post(f"{at}/invite/", {"handle": "/members/Ada/"}).status_code,
        client.post(f"{at}/uninvite/", {"member": friend.pk}).status_code,
        client.post(f"{at}/uninvite/", {"member": "x"}).status_code,
        client.post(f"{at}/invite/", {"handle": "nobody"}).status_code,
        client.post(f"{at}/share/", {"end": 1}).status_code,
        client.post(f"{at}/withdraw/").status_code,
        client.post(f"{at}/discard/").status_code,
        client.post(f"{at}/discard/").status_code,
    ]

    assert said == [302, 302, 302, 404, 200, 302, 409, 302, 404]


def test_buttons_of_authors_are_not_for_others(member_client, version):
    private, proposed = draft(version, "One", "No"), proposal(version)
    buttons = ["withdraw", "take-up", "discard", "share", "invite", "uninvite"]

    answers = [
        [member_client.post(f"/texts/changes/{one.pk}/{to}/").status_code for to in buttons]
        for one in (private, proposed)
    ]

    assert answers == [[404] * 6, [403] * 6]


def test_a_plain_visit_to_a_button_changes_nothing(member_client, member, version):
    mine = draft(version, "One", "No", by=member)

    assert member_client.get(f"/texts/changes/{mine.pk}/discard/").status_code == 405
    assert member_client.get("/texts/remarks/1/close/").status_code == 405


def test_an_old_version_is_brought_back_by_a_button(member_client, member, version, keeper):
    proposals.accept(proposal(version), by=keeper)

    answer = member_client.post(f"/texts/changes/{version.pk}/restore/", {"note": "It was clearer"})

    made = Revision.objects.get(author=member)
    assert (answer["Location"], made.status, made.restores) == (f"/texts/changes/{made.pk}/", "proposed", version)
    again = member_client.post(f"/texts/changes/{Revision.objects.get(number=2).pk}/restore/")
    assert "says what readers see now" in words(member_client.get(again["Location"]))


def test_visitors_read_versions_and_log_in_for_the_rest(client, version):
    proposed = proposal(version)
    pages = ["/texts/", "/texts/mine/", "/texts/memo/keys/at-home/propose/", f"/texts/changes/{proposed.pk}/edit/"]

    assert [client.get(page)["Location"].split("?")[0] for page in pages] == ["/accounts/login/"] * 4
    assert client.get(f"/texts/changes/{version.pk}/").status_code == 200
    assert client.get(f"/texts/changes/{proposed.pk}/").status_code == 404
    assert client.get("/texts/memo/keys/at-home/history/").status_code == 200


def test_writing_before_the_code_of_conduct_is_accepted_leads_there(client, version):
    writer = MemberFactory()
    ConductVersion.objects.create(version="2")

    assert "/welcome/conduct/" in open_as(client, writer, "/texts/memo/keys/at-home/propose/")["Location"]


HOSTILE = "<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n<img src=x onerror=alert(1)>\n\n\"'>{{ 7 }}&amp;"


def test_hostile_words_are_shown_as_words_on_every_page(client, member, version, keeper):
    mine = draft(version, "One step.", HOSTILE, by=member)
    proposals.propose(mine, by=member, note="<b>bold</b>")
    comments.comment(mine, by=keeper, body=HOSTILE)
    client.force_login(keeper)
    pages = [client.get("/texts/"), client.get(mine.get_absolute_url())]
    proposals.accept(mine, by=keeper, waive="<i>so</i>")
    pages += [client.get(f"/texts/memo/keys/at-home/{page}/") for page in ("history", "difference", "versions/2")]

    for page in pages:
        source = page.content.decode().lower()
        assert not re.search(r"<script>alert|href=\"javascript|<img[^>]*onerror|<b>bold|<i>so", source)
