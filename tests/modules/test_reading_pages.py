import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from members.operations.consents import decide
from modules.models import Bookmark, Check, CheckAttempt, ItemProgress, ReadingNote, ReadingPlace, ReadingPreference
from modules.operations import progress, reading
from tests.factories.members import MemberFactory, PersonaFactory
from tests.factories.modules import SECTIONED, PublishedModuleFactory, SyllabusItemFactory, concept, learning_verbs

pytestmark = pytest.mark.django_db
WALLS = "/modules/security/walls/"


@pytest.fixture
def article():
    learning_verbs()
    module = PublishedModuleFactory(slug="security", title="Security")
    return concept(module, slug="walls", title="Walls", body=SECTIONED)


def sections(answer) -> list[str]:
    return re.findall(r'data-section="([^"]+)"', answer.content.decode())


def contents(answer) -> list[str]:
    page = answer.content.decode()
    return re.findall(r'<li><a href="#([^"]+)">', page.split('<nav class="toc"')[1].split("</nav>")[0])


AUTHOR = ["why-it-matters", "how-it-goes-wrong", "do", "aside"]


@pytest.mark.parametrize(
    ("mode", "wanted"),
    [
        ("", AUTHOR),
        ("nonsense", AUTHOR),
        ("recipe-first", ["do", "why-it-matters", "how-it-goes-wrong", "aside"]),
        ("risk-first", ["how-it-goes-wrong", "why-it-matters", "do", "aside"]),
        ("compact", AUTHOR),
    ],
)
def test_the_page_and_its_contents_list_follow_the_mode_of_the_address(client, article, mode, wanted):
    answer = client.get(f"{WALLS}?read={mode}")

    assert sections(answer) == contents(answer) == wanted


def test_compact_folds_all_but_the_first_paragraph_and_leaves_nothing_out(client, article):
    page = client.get(f"{WALLS}?read=compact").content.decode()

    assert page.count('<details class="more"><summary>Read on') == 1
    assert page.index("Quietly. And late.") < page.index("Read on") < page.index("A list")


def test_the_mode_of_the_persona_holds_until_the_member_chooses_another(article):
    kim = MemberFactory(persona=PersonaFactory(slug="kim", reading_mode="concept-first"))
    sayed = MemberFactory(persona=PersonaFactory(slug="sayed", reading_mode="recipe-first"))

    def first_for(member):
        client = Client()
        client.force_login(member)
        return sections(client.get(WALLS))[0]

    assert (first_for(kim), first_for(sayed)) == ("why-it-matters", "do")
    reading.prefer(by=sayed, mode="risk-first")
    assert first_for(sayed) == "how-it-goes-wrong"


def test_always_reading_one_way_is_offered_for_another_mode_and_kept(member_client, member, article):
    assert "Always read this way" not in member_client.get(WALLS).content.decode()
    assert "Always read this way" in member_client.get(f"{WALLS}?read=compact").content.decode()

    answer = member_client.post("/me/learning/mode/", {"mode": "compact", "next": WALLS})

    assert answer["Location"] == WALLS
    assert ReadingPreference.objects.get(member=member).mode == "compact"
    page = member_client.get(WALLS).content.decode()
    assert 'href="?read=compact" aria-current="true"' in page
    assert "Always read this way" not in page


def test_an_odd_mode_is_refused_with_words_and_a_strange_way_back_is_not_taken(member_client, article):
    answer = member_client.post("/me/learning/mode/", {"mode": "x", "next": "https://evil.example/"}, follow=True)

    assert answer.request["PATH_INFO"] == "/me/learning/"
    assert "There is no such way of reading" in answer.content.decode()
    assert not ReadingPreference.objects.exists()


def test_a_visitor_sees_no_notes_no_bookmarks_and_is_not_followed(client, article):
    page = client.get(f"{WALLS}?read=compact").content.decode()

    for word in ["data-place-kind", "data-bookmark", "data-autosave", "Always read this way", "data-read-to"]:
        assert word not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_at_most_twelve_queries_whatever_stands_on_it(
    number, member_client, member, article, django_assert_num_queries
):  # fmt: skip
    reading.prefer(by=member, mode="compact", signals=True)
    reading.save_note(article, "Ask Kim", by=member)
    for count in range(number):
        SyllabusItemFactory(module=article.module)
        section = f"s-{count}"
        reading.keep_bookmark(f"{WALLS}#{section}", title="x", by=member)
        reading.keep_place("article", "security/walls", section=AUTHOR[count], by=member)
        check = Check.objects.create(
            module=article.module, article=article, slug=f"c-{count}", title="Check", status="published"
        )
        CheckAttempt.objects.create(member=member, of=check, seed=1, right=1, total=1, percent=100)
    member_client.get(WALLS)

    with django_assert_num_queries(9):
        member_client.get(WALLS)


class TestPlace:
    def send(self, client, **said):
        wanted = {"kind": "article", "key": "security/walls", "section": "do", "title": "Do it"}
        return client.post("/me/learning/place/", wanted | said)

    def test_a_place_is_kept_and_led_to_on_the_next_device(self, member_client, member, article):
        assert self.send(member_client).status_code == 204

        page = member_client.get(WALLS).content.decode()
        assert 'Go on at <a href="#do">Do it</a>, where you were today at' in page

    def test_the_first_section_is_no_place_to_go_on_and_neither_is_one_of_a_text_that_is_read(
        self, member_client, member, article
    ):
        self.send(member_client, section="why-it-matters")
        assert "Go on at" not in member_client.get(WALLS).content.decode()
        self.send(member_client)
        member_client.post(f"{WALLS}read/")
        assert "Go on at" not in member_client.get(WALLS).content.decode()

    @pytest.mark.parametrize(
        "odd", [{"kind": "x"}, {"key": "x"}, {"section": "x"}, {"section": "' OR 1=1"}, {"key": "a" * 9000}]
    )
    def test_odd_words_are_refused_quietly(self, member_client, article, odd):
        assert self.send(member_client, **odd).status_code == 204
        assert not ReadingPlace.objects.exists()

    def test_a_body_over_twenty_thousand_bytes_is_not_read(self, member_client, article):
        assert self.send(member_client, title="x" * 20_000).status_code == 413
        assert not ReadingPlace.objects.exists()

    def test_without_log_in_or_without_token_nothing_is_kept(self, client, member, article):
        careful = Client(enforce_csrf_checks=True)
        careful.force_login(member)

        assert self.send(client).status_code == 204
        assert self.send(careful).status_code == 403
        assert not ReadingPlace.objects.exists()

    def test_nobody_writes_the_place_of_another(self, member_client, member, article):
        other = MemberFactory()
        self.send(member_client, member=other.pk, member_id=other.pk)

        assert [place.member for place in ReadingPlace.objects.all()] == [member]

    def test_a_plain_visit_changes_nothing(self, member_client):
        assert member_client.get("/me/learning/place/").status_code == 405

    def test_places_can_be_forgotten(self, member_client, article):
        self.send(member_client)
        page = member_client.get("/me/learning/").content.decode()
        assert f'<a class="link-title" href="{WALLS}#do">Walls</a>' in page

        member_client.post("/me/learning/places/forget/")

        assert f"{WALLS}#do" not in member_client.get("/me/learning/").content.decode()


class TestBookmarks:
    def test_a_section_is_bookmarked_shown_as_such_listed_and_let_go(self, member_client, article):
        wanted = {"address": f"{WALLS}#do", "title": "Walls: Do it", "keep": "1"}
        assert member_client.post("/me/learning/bookmark/", wanted)["Location"] == f"{WALLS}#do"
        assert member_client.get(WALLS).content.decode().count('aria-pressed="true"') == 1
        assert f'<a href="{WALLS}#do">Walls: Do it</a>' in member_client.get("/me/learning/").content.decode()

        let_go = {"address": f"{WALLS}#do", "next": "/me/learning/#bookmarks"}
        assert member_client.post("/me/learning/bookmark/", let_go)["Location"] == "/me/learning/#bookmarks"
        assert not Bookmark.objects.exists()

    @pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
    def test_only_places_of_this_site_are_kept(self, member_client, address):
        answer = member_client.post("/me/learning/bookmark/", {"address": address, "title": "x", "keep": "1"})

        assert answer["Location"] == "/me/learning/"
        assert not Bookmark.objects.exists()

    def test_the_script_gets_a_short_answer(self, member_client, article):
        asks = {"headers": {"Accept": "application/json"}}
        wanted = {"address": f"{WALLS}#do", "keep": "1"}

        assert member_client.post("/me/learning/bookmark/", wanted | {"title": "x"}, **asks).json() == {}
        refused = member_client.post("/me/learning/bookmark/", {"address": "/x/", "title": "", "keep": "1"}, **asks)
        assert (refused.status_code, refused.json()) == (422, {"error": "This place cannot be bookmarked."})


class TestNotes:
    def save(self, client, text, seen="", **how):
        return client.post(f"{WALLS}note/", {"text": text, "seen": seen}, **how)

    def test_a_note_is_saved_by_the_button_and_stands_beside_the_text(self, member_client, member, article):
        assert self.save(member_client, "Ask Kim <b>")["Location"] == f"{WALLS}#notes-box"

        page = member_client.get(WALLS).content.decode()
        assert "\nAsk Kim &lt;b&gt;</textarea>" in page
        assert "Saved today at" in page

    def test_a_note_over_the_limit_is_refused_and_kept_in_the_form(self, member_client, article):
        answer = self.save(member_client, "x" * 20_001)

        page = answer.content.decode()
        assert answer.status_code == 200
        assert "The note is 1 character too long; 20,000 fit." in page
        assert "x" * 20_001 in page
        assert not ReadingNote.objects.exists()

    def test_a_note_saved_elsewhere_meanwhile_gives_409_and_shows_both(self, member_client, member, article):
        reading.save_note(article, "From the phone", by=member)

        answer = self.save(member_client, "From the desk")

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "\nFrom the desk</textarea>" in page
        assert ">From the phone</pre>" in page
        seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
        assert self.save(member_client, "From both", seen).status_code == 302
        assert ReadingNote.objects.get().text == "From both"

    def test_the_script_is_told_when_it_was_saved_or_why_not(self, member_client, member, article):
        asks = {"headers": {"Accept": "application/json"}}

        said = self.save(member_client, "One", **asks).json()
        assert re.fullmatch(r"Saved \d\d:\d\d", said["saved"])
        assert said["seen"] == ReadingNote.objects.get().saved_at.isoformat()
        assert self.save(member_client, "Two", **asks).status_code == 409
        assert self.save(member_client, "x" * 20_001, said["seen"], **asks).status_code == 422
        assert self.save(member_client, "", said["seen"], **asks).json()["saved"] == "Saved: the note is empty"

    def test_notes_are_downloaded_as_markdown_one_and_all(self, member_client, member, article):
        concept(article.module, slug="doors", title="Doors")
        self.save(member_client, "Ask Kim")
        member_client.post("/modules/security/doors/note/", {"text": "- closed"})
        day = timezone.localtime().strftime("%a %-d %B")

        one, both = member_client.get(f"{WALLS}notes.md"), member_client.get("/me/learning/notes.md")

        assert one["Content-Type"] == "text/markdown; charset=utf-8"
        assert one["Content-Disposition"] == 'attachment; filename="walls-notes.md"'
        assert one.content.decode() == f"# Notes: Walls\n\nhttp://testserver{WALLS}, saved {day}\n\nAsk Kim\n"
        assert re.findall("^#.*", both.content.decode(), re.MULTILINE) == [
            f"# Notes on articles, {day}", "## Doors", "## Walls",
        ]  # fmt: skip

    def test_notes_of_others_are_not_there(self, member_client, article):
        reading.save_note(article, "Private", by=MemberFactory())

        assert "Private" not in member_client.get(WALLS).content.decode()
        assert member_client.get(f"{WALLS}notes.md").status_code == 404
        assert "Private" not in member_client.get("/me/learning/notes.md").content.decode()

    def test_a_draft_takes_no_note_of_who_may_not_read_it(self, member_client, article):
        concept(article.module, slug="draft", publish=False)

        assert member_client.post("/modules/security/draft/note/", {"text": "x"}).status_code == 404


class TestSignals:
    def test_without_consent_the_page_watches_no_end_and_the_address_counts_nothing(self, member_client, article):
        assert "data-read-to" not in member_client.get(WALLS).content.decode()
        assert member_client.post(f"{WALLS}end/").json() == {"read": False}
        assert not ItemProgress.objects.exists()

    def test_with_consent_the_end_marks_the_concept_as_read(self, member_client, member, article):
        decide(member, {"reading": True}, by=member)
        assert f'data-read-to="{WALLS}end/"' in member_client.get(WALLS).content.decode()

        assert member_client.post(f"{WALLS}end/").json() == {"read": True}

        assert ItemProgress.objects.get(member=member).state == "done"
        assert "data-read-to" not in member_client.get(WALLS).content.decode()

    def test_the_end_of_an_introduction_counts_nothing(self, member_client, member, article):
        decide(member, {"reading": True}, by=member)
        concept(article.module, slug="how", kind="howto-intro")

        assert member_client.post("/modules/security/how/end/").json() == {"read": False}


class TestLearningPage:
    def test_it_is_for_members(self, client):
        assert client.get("/me/learning/")["Location"] == "/accounts/login/?next=/me/learning/"

    def test_it_says_what_will_stand_there(self, member_client):
        page = member_client.get("/me/learning/").content.decode()

        assert "As it suits my kind of work: concept first" in page
        assert "keeps that section here" in page

    def test_choices_are_kept_and_the_consent_stands_among_the_consents(self, member_client, member):
        wanted = {"mode": "risk-first", "one_step": "on", "signals": "on"}
        assert member_client.post("/me/learning/", wanted)["Location"] == "/me/learning/"

        own = ReadingPreference.objects.get(member=member)
        assert (own.mode, own.one_step) == ("risk-first", True)
        assert member.consents.get(purpose="reading").given
        assert re.search('<input[^>]*name="reading"[^>]* checked', member_client.get("/me/privacy/").content.decode())
        member_client.post("/me/learning/", {"mode": ""})
        own.refresh_from_db()
        assert (own.mode, own.one_step) == ("", False)
        assert not member.consents.get(purpose="reading").given

    def test_an_odd_choice_is_answered_with_the_form(self, member_client):
        answer = member_client.post("/me/learning/", {"mode": "x"})

        assert answer.status_code == 200
        assert "Select a valid choice" in answer.content.decode()
        assert not ReadingPreference.objects.exists()

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_the_same_with_one_of_each_and_three(
        self, number, member_client, member, article, django_assert_num_queries
    ):
        for count in range(number):
            text = concept(article.module, slug=f"text-{count}", title="Text", body=SECTIONED)
            reading.save_note(text, "x", by=member)
            reading.keep_bookmark(f"/x/#{count}", title="x", by=member)
            reading.keep_place("article", f"security/text-{count}", section="do", by=member)
            lab = SyllabusItemFactory(module=article.module)
            progress.start(lab, by=member, resume="/run/")
            reading.keep_place("lab", lab.key, section="one", title="One", by=member)
            check = Check.objects.create(module=article.module, slug=f"c-{count}", title="Check")
            CheckAttempt.objects.create(
                member=member, of=check, seed=1, right=1, total=1, percent=70 + count, at=timezone.now() - timedelta(1)
            )
        member_client.get("/me/learning/")

        with django_assert_num_queries(12):
            page = member_client.get("/me/learning/").content.decode()

        assert page.count("At “Do it”, today at") == number
        assert page.count(" percent</span>") == number
