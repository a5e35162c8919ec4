import pytest
from django.test import Client

from cop.lib.errors import Refused
from editorial.models import CoAuthor, Revision, Text
from editorial.operations import drafts, proposals
from editorial.queries.history import newest
from labs.lab_template import TEMPLATE
from labs.models import Lab, LabRules, RanIt
from labs.operations.contributing import propose_lab, tried
from labs.queries.rules import forget
from labs.text_kinds import check, shown
from members.models import Activity, LevelAward, LevelRule, Notice
from members.queries.levels import gaps
from modules.models import SyllabusItem
from tests.factories.labs import contribution, lab
from tests.factories.members import LevelFactory, MemberFactory, add_verbs
from tests.factories.modules import PublishedModuleFactory

pytestmark = pytest.mark.django_db

FORM = {
    "title": "Count your secrets", "aim": "You end with a number.", "exposure": "local-only", "no_code": "on",
    "local_alternative": "", "prerequisites": "Python\r\nA terminal", "environment": "Your own computer",
    "steps": "It is.\r\n\r\n## Plant {#plant minutes=8}\r\n\r\nDo it.\r\n\r\n## Count {#count minutes=5}\r\n\r\nSee.",
    "expected": "A number.", "reflection": "Which one?", "licence": "CC-BY-4.0",
}  # fmt: skip


@pytest.fixture
def module():
    add_verbs({"lab-contributed": 10, "fix-accepted": 5, "lab-tried": 2})
    made = PublishedModuleFactory(slug="security")
    made.stewards.add(MemberFactory(handle="steward"))
    return made


def propose(module, writer, **fields):
    draft = propose_lab(module=module, fields=contribution(**fields), by=writer)
    return proposals.propose(draft, by=writer)


def builder():
    level = LevelFactory(slug="builder", order=2)
    rule = LevelRule.objects.create(level=level, order=0, measure="acts", at_least=1, text="Have one lab accepted")
    rule.verbs.set(["lab-contributed", "fix-accepted"])
    return level


def test_a_new_lab_that_nobody_else_ran_cannot_be_published(module):
    waiting, steward = propose(module, MemberFactory()), module.stewards.get()

    with pytest.raises(Refused) as refusal:
        proposals.accept(waiting, by=steward)

    assert refusal.value.message == ("This cannot be accepted yet: 1 other member has to say “I ran it and it worked”.")
    assert not Lab.objects.exists()


def test_a_try_that_did_not_work_and_one_by_a_co_author_do_not_count(module):
    waiting, steward, co_author = propose(module, MemberFactory()), module.stewards.get(), MemberFactory()
    tried(waiting, by=MemberFactory(), worked=False, minutes=None, text="It stopped at step 2.")
    RanIt.objects.create(revision=waiting, member=co_author, worked=True, text="Fine")
    CoAuthor.objects.create(revision=waiting, member=co_author)

    with pytest.raises(Refused, match="1 other member has to say"):
        proposals.accept(waiting, by=steward)


def test_acceptance_publishes_the_lab_places_it_and_makes_its_author_a_builder_with_the_lab_as_evidence(module):
    builder()
    writer, tester = MemberFactory(), MemberFactory()
    SyllabusItem.objects.create(module=module, kind="lab", key="old", title="Old", minutes=5, address="/x/", order=4)
    waiting = propose(module, writer, title="Count your secrets")
    tried(waiting, by=tester, worked=True, minutes=20, text="Debian 12, Python 3.11. It said 3.")

    proposals.accept(waiting, by=module.stewards.get())

    made = Lab.objects.get()
    assert (made.slug, made.is_published, made.author, made.module) == ("count-your-secrets", True, writer, module)
    assert [step.key for step in made.steps.all()] == ["plant", "count"]
    item = SyllabusItem.objects.get(key="count-your-secrets")
    assert (item.module, item.order, item.minutes, item.address) == (module, 5, 13, "/labs/count-your-secrets/")
    act = Activity.objects.get(verb="lab-contributed")
    assert (act.actor, act.object_key, act.address, act.topic) == (
        writer, "count-your-secrets", "/labs/count-your-secrets/", "security",
    )  # fmt: skip
    assert LevelAward.objects.get().member == writer
    (gap,) = gaps(writer)
    assert (gap.level.slug, gap.award, gap.conditions[0].acts) == ("builder", LevelAward.objects.get(), [act])
    text = Text.objects.get()
    assert (text.address, text.owner, text.topic) == ("/labs/count-your-secrets/", writer, "security")
    assert newest("lab", "count-your-secrets").number == 1


def test_who_ran_it_has_it_in_the_ledger_once_the_lab_is_published(module):
    writer, worked, failed = MemberFactory(), MemberFactory(), MemberFactory()
    waiting = propose(module, writer)
    tried(waiting, by=worked, worked=True, minutes=None, text="It said 3.")
    tried(waiting, by=failed, worked=False, minutes=None, text="It stopped.")
    assert not Activity.objects.filter(verb="lab-tried").exists()

    proposals.accept(waiting, by=module.stewards.get())

    rows = Activity.objects.filter(verb="lab-tried").order_by("pk").values_list("actor", "other", "object_kind")
    assert list(rows) == [(worked.pk, writer.pk, "lab"), (failed.pk, writer.pk, "lab")]


def test_organizers_may_ask_for_more_confirmations(module):
    LabRules.objects.create(pk=1, confirmations=3)
    forget()
    waiting = propose(module, MemberFactory())
    tried(waiting, by=MemberFactory(), worked=True, minutes=None, text="It said 3.")

    with pytest.raises(Refused, match="2 other members have to say"):
        proposals.accept(waiting, by=module.stewards.get())


def test_a_fix_of_a_lab_needs_nobody_to_run_it_and_credits_its_author(module):
    lab("redact", module=module, minutes=16)
    writer, text = MemberFactory(), Text.objects.get()
    draft = drafts.begin(text, by=writer)
    content = draft.content.replace("Do **it**.", "Do it **twice**.", 1)
    draft = drafts.save(draft, content=content, by=writer, edition=draft.edition, note="Once is not enough")

    proposals.accept(proposals.propose(draft, by=writer), by=module.stewards.get())

    assert Lab.objects.get().steps.first().html == "<p>Do it <strong>twice</strong>.</p>\n"
    assert Activity.objects.get().verb_id == "fix-accepted"
    assert Activity.objects.get().actor == writer


def test_ticks_of_members_stay_with_their_step_when_a_fix_renames_it(module):
    made = lab("redact", module=module, minutes=16)
    kept = made.steps.get(key="count").pk
    writer, text = MemberFactory(), Text.objects.get()
    draft = drafts.begin(text, by=writer)
    content = draft.content.replace("## Now count {#count", "## Count them {#count")
    draft = drafts.save(draft, content=content, by=writer, edition=draft.edition, note="Clearer")

    proposals.accept(proposals.propose(draft, by=writer), by=module.stewards.get())

    assert (made.steps.get(key="count").pk, made.steps.get(key="count").title) == (kept, "Count them")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("expected", "", "the expected result is missing"),
        ("licence", "", "the licence is missing"),
        ("exposure", "", "the data exposure class is missing"),
        ("aim", "", "the aim is missing"),
        ("exposure", "vendor-cloud", "the local alternative is missing"),
        ("steps", [], "the minutes are missing"),
        ("expected", "![](/a.png)", "words that describe the image “/a.png” are missing"),
        ("teaches", {"magic": 1}, "there is no skill “magic”"),
    ],
)
def test_a_lab_that_lacks_something_cannot_be_sent_and_stays_a_draft(module, field, value, said):
    fields = {field: value} | ({"minutes": 0} if field == "steps" else {})

    with pytest.raises(Refused, match=said):
        propose(module, MemberFactory(), **fields)

    assert Revision.objects.get().status == "draft"


def test_minutes_that_do_not_add_up_are_named_with_their_line(module):
    with pytest.raises(Refused, match="line 4, minutes: says 99, but the required steps add up to 13"):
        propose(module, MemberFactory(), minutes=99)


def test_the_form_itself_cannot_be_sent_and_says_what_to_write():
    said = check(Text(kind="lab", key="new-one"), TEMPLATE)

    assert said[:4] == [
        "a title is missing", "the aim is missing", "the data exposure class is missing",
        "the expected result is missing",
    ]  # fmt: skip
    assert "“Say why this comes now.” is from the form; write your own words there, or take the line away" in said
    assert not any(one.startswith("line") for one in said)


def test_the_author_does_not_try_their_own_lab(module):
    writer = MemberFactory()
    waiting = propose(module, writer)

    with pytest.raises(Refused, match="Somebody else has to run it"):
        tried(waiting, by=writer, worked=True, minutes=None, text="Of course.")


def test_a_draft_is_not_tried(module):
    draft = propose_lab(module=module, fields=contribution(), by=MemberFactory())

    with pytest.raises(Refused, match="Only a lab that waits"):
        tried(draft, by=MemberFactory(), worked=True, minutes=None, text="Fine.")


def test_saying_it_again_changes_what_was_said_and_the_author_is_told(module):
    writer, tester = MemberFactory(), MemberFactory(name="Kim Lee")
    waiting = propose(module, writer)
    tried(waiting, by=tester, worked=False, minutes=30, text="It stopped at step 2.")
    tried(waiting, by=tester, worked=True, minutes=35, text="With 3.12 it runs.")

    row = RanIt.objects.get()
    assert (row.worked, row.minutes, row.text) == (True, 35, "With 3.12 it runs.")
    told = Notice.objects.filter(member=writer, kind="lab-tried").order_by("pk").values_list("text", flat=True)
    assert list(told) == [
        "Kim Lee: It did not work. It stopped at step 2.", "Kim Lee: It worked. With 3.12 it runs.",
    ]  # fmt: skip


def test_the_page_makes_a_draft_with_what_was_typed(module, member, member_client):
    answer = member_client.post("/labs/contribute/", FORM | {"module": module.pk})

    draft = Revision.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/texts/changes/{draft.pk}/edit/")
    assert (draft.author, draft.status, draft.text.topic) == (member, "draft", "security")
    assert check(draft.text, draft.content) == [
        f"“{words}” is from the form; write your own words there, or take the line away"
        for words in (
            "What can be seen when it does.", "What the own words have to say.",
            "Which data stayed where, and how one knows.", "What was tried that should fail, and did.",
        )
    ]  # fmt: skip
    assert "minutes: 13\n" in draft.content
    assert '  - "A terminal"\n' in draft.content


def test_the_page_begins_with_the_form_of_a_good_lab_and_with_the_module_one_came_from(module, member_client):
    page = member_client.get("/labs/contribute/?module=security").content.decode()

    assert "## Get ready {#ready minutes=5}" in page
    assert f'<option value="{module.pk}" selected>' in page


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "Reviews"}, "A page of this site has that name. Choose another title."),
        ({"module": ""}, "This field is required."),
        ({"steps": "## No key\r\n\r\nText"}, "Line 1 must look like “## Title {#step-key minutes=8}”."),
        ({"steps": "## A {#a minutes=1}\r\n## B {#a minutes=1}"}, "Each step needs a key of its own."),
        ({"exposure": "moon"}, "Select a valid choice."),
    ],
)
def test_a_fault_is_said_at_its_field_and_what_was_typed_stays(module, member_client, fields, fault):
    answer = member_client.post("/labs/contribute/", FORM | {"module": module.pk} | fields)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert fault in page
    assert "You end with a number." in page
    assert not Revision.objects.exists()


def test_visitors_are_led_to_the_door():
    assert Client().get("/labs/contribute/").status_code == 302


def test_a_member_says_how_it_went_on_the_page_of_the_proposal(module, member, member_client):
    waiting = propose(module, MemberFactory())
    page = member_client.get(f"/texts/changes/{waiting.pk}/").content.decode()

    answer = member_client.post(
        f"/labs/tries/{waiting.pk}/", {"worked": "1", "minutes": "20", "text": "It said 3."}, follow=True
    )

    assert "I ran it" in page
    assert RanIt.objects.get().member == member
    assert "It worked" in answer.content.decode()
    assert "It said 3." in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"worked": ""}, "Say whether it worked."),
        ({"text": ""}, "Write with what you ran it, and what you saw."),
        ({"minutes": "0"}, "Ensure this value is greater than or equal to 1."),
    ],
)
def test_half_an_answer_is_said_at_its_field(module, member_client, fields, fault):
    waiting = propose(module, MemberFactory())

    answer = member_client.post(f"/labs/tries/{waiting.pk}/", {"worked": "1", "text": "Long words"} | fields)

    assert answer.status_code == 200
    assert fault in answer.content.decode()
    assert not RanIt.objects.exists()


def test_a_proposal_that_was_decided_meanwhile_is_not_tried_and_says_so(module, member_client):
    waiting = propose(module, MemberFactory())
    proposals.refuse(waiting, by=module.stewards.get(), reason="Twice the same")

    answer = member_client.post(f"/labs/tries/{waiting.pk}/", {"worked": "1", "text": "Fine"})

    assert answer.status_code == 404


def test_a_draft_of_somebody_else_cannot_be_tried_by_its_address(module, member_client):
    draft = propose_lab(module=module, fields=contribution(), by=MemberFactory())

    answer = member_client.post(f"/labs/tries/{draft.pk}/", {"worked": "1", "text": "Fine"})

    assert answer.status_code == 404


def test_a_preview_shows_steps_and_what_one_ends_with(module):
    waiting = propose(module, MemberFactory())

    html = shown(waiting.content)

    assert "1. Plant</h2>" in html
    assert "What you end with</h2>" in html
    assert "<strong>Data exposure:</strong> stays on your machine" in html
    assert "<strong>It works</strong> Seen." in html
    assert "no_code" not in html


@pytest.mark.parametrize("data", ["rubric: 5", "prerequisites: 7", "exposure: [1]", "troubleshooting: [1, {}]", "a: ["])
def test_a_preview_of_half_a_text_breaks_nothing(data):
    assert "<h2" in shown(f"---\n{data}\n---\n\n## A {{#a minutes=1}}\n\nText.\n")
