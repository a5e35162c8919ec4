import pytest
from django.utils import timezone

from labs.models import LabRun
from labs.operations.running import finish, save_notes, start, tick
from labs.operations.writing import take_back_lab
from members.models import ConductVersion
from modules.models import ItemProgress
from tests.factories.labs import lab, step, written_lab
from tests.factories.members import MemberFactory
from tests.factories.modules import PublishedModuleFactory, concept, learning_verbs

JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def verbs(db):
    learning_verbs()


@pytest.fixture
def redact():
    module = PublishedModuleFactory(slug="security", title="Security")
    return lab(
        "redact", module=module, title="Find secrets", steps=["plant", step("extra", required=False), "count"],
        prerequisites=["Python 3.11"], environment="One empty folder", reflection="What did it miss?",
        troubleshooting=[{"problem": "`python3` is not found.", "cure": "Try `python`."}],
        rubric=[{"name": "The test came first", "text": "The list was not shortened later."}],
    )  # fmt: skip


@pytest.fixture
def run(redact, member):
    return start(redact, by=member)


def post(client, address, **data):
    return client.post(f"/labs/redact/{address}", data)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_labs_costs_the_same_for_one_and_for_three(
    number, member_client, member, django_assert_num_queries
):
    for at in range(number):
        start(lab(f"lab-{at}"), by=member)
    member_client.get("/labs/")

    with django_assert_num_queries(5):
        answer = member_client.get("/labs/")

    assert answer.content.decode().count("You end with a number.") == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_lab_page_costs_the_same_with_one_step_and_with_three(
    number, member_client, member, django_assert_num_queries
):
    made = lab("redact", steps=[f"step-{at}" for at in range(number)])
    start(made, by=member)
    member_client.get("/labs/redact/")

    with django_assert_num_queries(11):
        answer = member_client.get("/labs/redact/")

    assert answer.content.decode().count("<h3>Now step-") == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_run_page_costs_the_same_with_one_step_and_with_three(number, client, django_assert_num_queries):
    ConductVersion.objects.create(version="1")
    member = MemberFactory()
    client.force_login(member)
    module = concept(PublishedModuleFactory()).module
    start(lab("redact", module=module, steps=[f"step-{at}" for at in range(number)]), by=member)
    client.get("/labs/redact/run/")

    with django_assert_num_queries(9):
        answer = client.get("/labs/redact/run/")

    assert answer.content.decode().count(" is done</button>") == number


def test_the_list_shows_published_labs_with_minutes_and_where_data_goes(client, redact):
    lab("draft", publish=False, title="A draft")

    page = client.get("/labs/").content.decode()

    assert "Security · 40 minutes · stays on your machine" in page
    assert "A draft" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("module=security", ["redact"]),
        ("exposure=vendor-cloud", ["cloud"]),
        ("no_code=1", ["paper"]),
        ("no_code=1&exposure=vendor-cloud", []),
        ("module=nothing", []),
        ("odd=1", ["redact", "cloud", "paper"]),
    ],
)
def test_the_filters_stand_in_the_address(client, redact, query, found):
    lab("cloud", exposure="vendor-cloud")
    lab("paper", exposure="none", no_code=True)

    page = client.get(f"/labs/?{query}").content.decode()

    listed = [slug for slug in ["redact", "cloud", "paper"] if f'href="/labs/{slug}/"' in page]
    assert listed == found
    assert ("No lab matches this filter" in page) is (not found)


def test_a_chosen_filter_is_removed_by_pressing_it_again(client, redact):
    page = client.get("/labs/?exposure=local-only&no_code=1").content.decode()

    assert '<a href="/labs/?no_code=1" aria-current="true"><span>Local only' in page


def test_the_list_without_labs_says_what_will_be_here(client):
    assert "The labs will be here" in client.get("/labs/").content.decode()


def test_a_lab_page_is_readable_without_an_account(client, redact):
    page = client.get("/labs/redact/").content.decode()

    for words in [
        "You end with a number.", "Python 3.11", "One empty folder", "40 minutes, 3 steps", "<h3>Now plant</h3>",
        "<strong>Data exposure: local only.</strong> Everything runs on your own computer. Nothing leaves it.",
        "Log in to start", "A last line that says <code>missed 0</code>",
    ]:  # fmt: skip
        assert words in page
    assert "Do <strong>it</strong>" not in page


def test_all_steps_can_be_read_without_an_account(client, redact):
    assert client.get("/labs/redact/?steps=all").content.decode().count("Do <strong>it</strong>") == 3


@pytest.mark.parametrize(
    ("alternative", "words"), [("Use a stub.", "Use a stub."), ("None is known.", "None is known.")]
)
def test_a_lab_that_leaves_the_machine_says_whether_there_is_a_local_way(client, alternative, words):
    lab("redact", exposure="public-service", local_alternative=alternative)

    page = client.get("/labs/redact/").content.decode()

    assert f"<strong>On your own machine:</strong> {words}" in page
    assert "Text goes to a public service that may keep it." in page


def test_a_draft_is_seen_by_stewards_and_organizers_only(client, redact, member):
    steward, organizer = MemberFactory(), MemberFactory(is_staff=True)
    redact.module.stewards.add(steward)
    take_back_lab(redact)
    answers = [client.get("/labs/redact/").status_code]
    for viewer in [member, steward, organizer]:
        client.force_login(viewer)
        answers.append(client.get("/labs/redact/").status_code)

    assert answers == [404, 404, 200, 200]


def test_starting_leads_to_the_run(member_client, redact):
    assert "Start the lab" in member_client.get("/labs/redact/").content.decode()

    answer = post(member_client, "start/")

    assert (answer.status_code, answer["Location"]) == (302, "/labs/redact/run/")
    assert "Continue the lab" in member_client.get("/labs/redact/").content.decode()


def test_a_draft_cannot_be_started_by_a_steward(client, redact):
    steward = MemberFactory()
    redact.module.stewards.add(steward)
    take_back_lab(redact)
    client.force_login(steward)

    answer = client.post("/labs/redact/start/", follow=True)

    assert "This lab is a draft. It can be started when it is published." in answer.content.decode()


@pytest.mark.parametrize("address", ["start/", "run/tick/", "run/notes/", "run/finish/"])
def test_a_button_pressed_by_get_is_not_allowed(member_client, run, address):
    assert member_client.get(f"/labs/redact/{address}").status_code == 405


@pytest.mark.parametrize("address", ["start/", "run/tick/", "run/notes/", "run/finish/"])
def test_a_button_pressed_signed_out_leads_to_the_login_and_back_to_the_lab(client, run, address):
    assert post(client, address)["Location"] == "/accounts/login/?next=/labs/redact/"


def test_the_run_page_signed_out_leads_to_the_login(client, run):
    assert client.get("/labs/redact/run/")["Location"] == "/accounts/login/?next=/labs/redact/run/"


def test_the_run_of_somebody_else_is_not_found(client, run):
    client.force_login(MemberFactory())

    assert client.get("/labs/redact/run/")["Location"] == "/labs/redact/"
    answers = [client.get("/labs/redact/run/notes.md")]
    answers += [post(client, f"run/{act}/", step="plant", done="1", notes="x") for act in ["tick", "notes", "finish"]]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert not run.ticks.exists()


def test_a_tick_returns_to_its_step_and_remains_after_a_reload(member_client, run):
    answer = post(member_client, "run/tick/", step="plant", done="1")

    page = member_client.get("/labs/redact/run/").content.decode()
    assert answer["Location"] == "/labs/redact/run/#step-plant"
    assert "1 of 3 steps done" in page
    assert "About 8 min left" in page
    assert "You can finish when “Now count” is ticked." in page
    assert "Finish the lab" not in page


def test_a_tick_of_another_lab_is_refused_with_words(member_client, run):
    lab("other", steps=["elsewhere"])

    answer = member_client.post("/labs/redact/run/tick/", {"step": "elsewhere", "done": "1"}, follow=True)

    assert "This lab has no step “elsewhere”" in answer.content.decode()
    assert not run.ticks.exists()


def test_notes_remain_after_a_reload_and_download_as_markdown(member_client, run):
    answer = post(member_client, "run/notes/", notes="Ten *values*\r\nplanted")

    page, file = member_client.get("/labs/redact/run/"), member_client.get("/labs/redact/run/notes.md")
    assert answer["Location"] == "/labs/redact/run/#notes"
    assert "Ten *values*\nplanted</textarea>" in page.content.decode()
    assert file["Content-Type"] == "text/markdown; charset=utf-8"
    assert file["Content-Disposition"] == 'attachment; filename="redact-notes.md"'
    assert file.content.decode().startswith("# Notes: Find secrets\n\nhttp://testserver/labs/redact/, ")
    assert file.content.decode().endswith("\n\nTen *values*\nplanted\n")


def test_too_long_notes_are_refused_and_kept_in_the_form(member_client, run):
    post(member_client, "run/notes/", notes="old")
    long = "n" * 20_001

    answer = post(member_client, "run/notes/", notes=long)

    assert answer.status_code == 200
    assert f"{long}</textarea>" in answer.content.decode()
    assert "The notes are 1 character too long; 20,000 fit." in answer.content.decode()
    assert LabRun.objects.get().notes == "old"


def test_finishing_with_an_open_step_is_refused_with_words(member_client, run):
    answer = member_client.post("/labs/redact/run/finish/", follow=True)

    assert "Still to tick: “Now plant” and “Now count”." in answer.content.decode()
    assert LabRun.objects.get().finished_at is None


def test_a_finished_run_shows_what_is_next(member_client, member, run):
    lab("after", module=run.lab.module, title="Map threats", order=5)
    for key in ["plant", "count"]:
        tick(run, key, by=member)
    assert "Finish the lab</button>" in member_client.get("/labs/redact/run/").content.decode()

    post(member_client, "run/finish/")

    page = member_client.get("/labs/redact/run/").content.decode()
    assert "Next in this module: Map threats, 40 minutes." in page
    assert '<a class="btn btn-outline-secondary" href="/labs/after/">Go on to the next lab</a>' in page
    assert "1 of 2 steps done" in member_client.get("/modules/security/").content.decode()


def test_finishing_before_the_concept_is_read_asks_first_and_is_recorded(member_client, member, run):
    concept(run.lab.module, title="What leaves your walls")
    for key in ["plant", "count"]:
        tick(run, key, by=member)

    asked = member_client.post("/labs/redact/run/finish/", follow=True)
    before = LabRun.objects.get().finished_at
    post(member_client, "run/finish/", anyway="1")

    assert "“What leaves your walls” is still open. Tick the box" in asked.content.decode()
    assert 'name="anyway"' in asked.content.decode()
    assert before is None
    assert ItemProgress.objects.get(item__kind="lab").out_of_order


def test_the_run_page_has_troubles_marks_and_reflection(member_client, run):
    page = member_client.get("/labs/redact/run/").content.decode()

    assert "<summary><code>python3</code> is not found.</summary>" in page
    assert "<p>Try <code>python</code>.</p>" in page
    assert "<strong>The test came first.</strong> The list was not shortened later." in page
    assert "What did it miss?" in page


def one_at_a_time(client, wanted="1", **data):
    return post(client, "run/one-step/", one_step=wanted, **data)


def test_all_steps_are_shown_until_the_member_wants_one_at_a_time(member_client, run):
    before = member_client.get("/labs/redact/run/").content.decode()
    one_at_a_time(member_client)
    after = member_client.get("/labs/redact/run/").content.decode()

    assert (before.count("Do <strong>it</strong>"), after.count("Do <strong>it</strong>")) == (3, 1)
    assert "<strong>Step 1 of 3</strong> · about 16 min left" in after


def test_the_choice_is_kept_in_every_lab_and_on_every_device(client, member, member_client, run):
    one_at_a_time(member_client)
    start(lab("other", steps=["a", "b"]), by=member)
    client.force_login(member)

    assert "<strong>Step 1 of 2</strong>" in client.get("/labs/other/run/").content.decode()


def test_all_steps_come_back_at_the_step_where_the_member_is(member_client, run):
    one_at_a_time(member_client)

    answer = one_at_a_time(member_client, "0", step="count")

    assert answer["Location"] == "/labs/redact/run/#step-count"
    assert "3 steps" in member_client.get("/labs/redact/run/").content.decode()


def test_an_address_with_a_step_shows_it_alone_with_the_ways_on_both_sides(member_client, run):
    page = member_client.get("/labs/redact/run/?step=extra").content.decode()

    assert "<strong>Step 2 of 3</strong>" in page
    assert 'rel="prev" href="?step=plant"' in page
    assert 'rel="next" href="?step=count"' in page
    assert page.count("Do <strong>it</strong>") == 1


def test_the_last_step_leads_to_the_end_and_back(member_client, run):
    last = member_client.get("/labs/redact/run/?step=count").content.decode()
    end = member_client.get("/labs/redact/run/?step=end").content.decode()

    assert 'href="?step=end">To the end of the lab' in last
    assert "What you should have now" not in last
    assert "What you should have now" in end
    assert 'rel="prev" href="?step=count"' in end


def test_one_at_a_time_goes_on_where_the_member_was_on_the_other_device(client, member, member_client, run):
    one_at_a_time(member_client)
    place = {"kind": "lab", "key": "redact", "section": "step-count", "title": "Now count"}
    member_client.post("/me/learning/place/", place)
    client.force_login(member)

    assert "<strong>Step 3 of 3</strong>" in client.get("/labs/redact/run/").content.decode()


def test_a_step_that_is_not_there_shows_the_one_to_go_on_with(member_client, member, run):
    tick(run, "plant", by=member)

    assert "<strong>Step 2 of 3</strong>" in member_client.get("/labs/redact/run/?step=gone").content.decode()


@pytest.mark.parametrize(
    ("key", "done", "goes_to"), [("plant", "1", "extra"), ("count", "1", "plant"), ("extra", "0", "extra")]
)
def test_a_tick_of_one_step_goes_on_to_the_next_open_one(member_client, run, key, done, goes_to):
    answer = post(member_client, "run/tick/", step=key, done=done, way="one")

    assert answer["Location"] == f"/labs/redact/run/?step={goes_to}"


def test_the_last_tick_of_all_goes_on_to_the_end(member_client, member, run):
    for key in ["plant", "extra"]:
        tick(run, key, by=member)

    answer = member_client.post("/labs/redact/run/tick/", {"step": "count", "done": "1", "way": "one"}, follow=True)

    assert answer.redirect_chain == [("/labs/redact/run/?step=end", 302)]
    assert "Finish the lab</button>" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_one_step_costs_the_same_with_one_step_and_with_three(number, member_client, member, django_assert_num_queries):
    start(lab("redact", steps=[f"step-{at}" for at in range(number)]), by=member)
    one_at_a_time(member_client)
    member_client.get("/labs/redact/run/")

    with django_assert_num_queries(9):
        member_client.get("/labs/redact/run/")


@pytest.mark.parametrize("number", [1, 3])
def test_a_finished_run_costs_the_same_with_one_step_and_with_three(
    number, member_client, member, django_assert_num_queries
):
    keys = [f"step-{at}" for at in range(number)]
    run = start(lab("redact", steps=keys), by=member)
    for key in keys:
        tick(run, key, by=member)
    finish(run, by=member)
    member_client.get("/labs/redact/run/")

    with django_assert_num_queries(11):
        member_client.get("/labs/redact/run/")


def test_a_finished_run_of_a_lab_that_changed_says_so_and_names_what_is_new(member_client, member, run):
    for key in ["plant", "count"]:
        tick(run, key, by=member)
    finish(run, by=member)
    before = member_client.get("/labs/redact/run/").content.decode()
    written_lab("redact", module=run.lab.module, steps=["plant", "count", "look"])

    page = member_client.get("/labs/redact/run/").content.decode()

    assert "Changed since you finished" not in before
    assert "Changed since you finished.</strong> " in page
    assert 'href="/texts/lab/redact/difference/?from=1&amp;to=2">See what</a>. 1 step is new: ' in page
    assert '<a href="#step-look">Now look</a>' in page


def test_the_script_saves_notes_and_is_told_when(member_client, run):
    answer = member_client.post("/labs/redact/run/notes/", {"notes": "Ten", "seen": ""}, headers=JSON)

    saved = LabRun.objects.get()
    local = timezone.localtime(saved.notes_saved_at)
    assert answer.json() == {"saved": f"Saved {local:%H:%M}", "seen": saved.notes_saved_at.isoformat()}
    assert saved.notes == "Ten"


@pytest.mark.parametrize(
    ("notes", "seen", "status", "words"),
    [("n" * 20_001, "old", 422, "1 character too long"), ("Other", "", 409, "saved on another device")],
)
def test_the_script_is_told_why_notes_are_not_saved(member_client, member, run, notes, seen, status, words):
    kept = save_notes(run, "Ten", by=member)
    seen = kept.notes_saved_at.isoformat() if seen else ""

    answer = member_client.post("/labs/redact/run/notes/", {"notes": notes, "seen": seen}, headers=JSON)

    assert answer.status_code == status
    assert words in answer.json()["error"]
    assert LabRun.objects.get().notes == "Ten"


def test_notes_of_an_older_page_get_409_and_both_texts_are_there(member_client, member, run):
    save_notes(run, "From the phone", by=member)

    answer = post(member_client, "run/notes/", notes="From the laptop", seen="")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "From the phone</pre>" in page
    assert "From the laptop</textarea>" in page
    assert f'name="seen" value="{LabRun.objects.get().notes_saved_at.isoformat()}"' in page


def test_notes_of_one_step_come_back_to_it(member_client, run):
    assert post(member_client, "run/notes/", notes="x", step="count")["Location"] == (
        "/labs/redact/run/?step=count#notes"
    )


def test_all_notes_download_as_one_file_without_labs_that_have_none(member_client, member, run):
    save_notes(run, "Ten values", by=member)
    save_notes(start(lab("other", title="Map threats"), by=member), "Two threats", by=member)
    start(lab("third", title="Nothing noted"), by=member)

    file = member_client.get("/labs/notes.md")

    text = file.content.decode()
    assert file["Content-Disposition"] == 'attachment; filename="lab-notes.md"'
    assert text.index("## Find secrets") < text.index("Ten values") < text.index("## Map threats")
    assert text.endswith("Two threats\n")
    assert "Nothing noted" not in text


def test_all_notes_without_any_say_so(member_client):
    assert member_client.get("/labs/notes.md").content.decode() == "# Notes on labs\n\nThere are none yet.\n"


def test_a_lab_page_shows_its_troubles_and_the_way_to_its_reports_for_stewards(client, redact):
    steward = MemberFactory()
    redact.module.stewards.add(steward)
    visitors = client.get("/labs/redact/").content.decode()
    client.force_login(steward)
    stewards = client.get("/labs/redact/").content.decode()

    assert "<summary><code>python3</code> is not found.</summary>" in visitors
    assert "/labs/redact/reports/" not in visitors
    assert 'href="/labs/redact/reports/"' in stewards


def test_a_finished_run_keeps_its_ticks_on_the_page(member_client, member, run):
    for key in ["plant", "count"]:
        tick(run, key, by=member)
    finish(run, by=member)

    page = member_client.get("/labs/redact/run/").content.decode()

    assert "Take the tick away" not in page
    assert "Step 2 is done</button>" in page
