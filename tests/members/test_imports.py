import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from cop.lib.errors import Refused
from members.models import Activity, LedgerImport, LevelAward, LevelRule
from members.operations import imports, ledger
from tests.factories.members import LevelFactory, MemberFactory, VerbFactory

pytestmark = pytest.mark.django_db
HEAD = "member,verb,title,address,happened_at,other,topic,community,key\n"
DAY = "2026-03-02"


@pytest.fixture(autouse=True)
def people():
    VerbFactory(slug="talk-given", kind="contribution", points=8)
    VerbFactory(slug="review-given", kind="interaction", points=3)
    VerbFactory(slug="correction", kind="contribution", points=0)
    kim = MemberFactory(handle="kim", email="kim@example.org", name="Kim Vermeer")
    return kim, MemberFactory(handle="leo", email="leo@example.org", name="Leo Moreau")


def file(*lines, head=HEAD):
    return (head + "".join(f"{line}\n" for line in lines)).encode()


def bring_in(*lines, **options):
    return imports.bring_in(file(*lines), name="acts.csv", by=None, **options)


def faults(*lines, head=HEAD):
    with pytest.raises(imports.BadFile) as refusal:
        imports.bring_in(file(*lines, head=head), name="acts.csv", by=None)
    assert not LedgerImport.objects.exists()
    return [(fault.line, fault.text) for fault in refusal.value.faults]


def test_every_line_becomes_an_act(people):
    kim, leo = people

    report = bring_in(
        f'KIM@example.org,talk-given,"Secrets, and where they hide",https://talks.example.org/1,{DAY},,ai-foundations,devops,t1',
        "leo,review-given,A close look,/labs/one/,2026-03-02T18:30+01:00,kim,,,",
    )

    assert (report.lines, report.written, report.known) == (2, 2, 0)
    talk, review = Activity.objects.order_by("pk")
    assert (talk.actor, talk.verb_id, talk.points, talk.object_title) == (
        kim,
        "talk-given",
        8,
        "Secrets, and where they hide",
    )
    assert (talk.topic, talk.community, talk.source) == ("ai-foundations", "devops", "import")
    assert (talk.occurred_at, talk.batch) == (datetime(2026, 3, 2, 12, tzinfo=UTC), report.batch)
    assert (review.actor, review.other) == (leo, kim)
    assert review.occurred_at == datetime(2026, 3, 2, 17, 30, tzinfo=UTC)


def test_every_bad_line_is_named_and_nothing_is_written():
    found = faults(
        f"kim,talk-given,Fine,,{DAY},,,,",
        f"nobody,talk-given,x,,{DAY},,,,",
        f"kim,dance,x,,{DAY},,,,",
        "kim,talk-given,x,,tomorrow,,,,",
        "kim,talk-given,x,,2999-01-01,,,,",
        f"kim,talk-given,,,{DAY},,,,",
        f"kim,talk-given,x,javascript:x,{DAY},,,,",
        f"kim,review-given,x,,{DAY},KIM@example.org,,,",
        f"kim,talk-given,x,,{DAY},,No Slug,,",
        f"kim,talk-given,x,,{DAY},,,,,one too many",
    )

    assert [line for line, _ in found] == [3, 4, 5, 6, 7, 8, 9, 10, 11]
    texts = [text for _, text in found]
    for text, said in zip(
        texts, ["no member “nobody”", "“dance” is not an act", "not a day", "future", "“title” is empty", "https://",
                "helps themselves", "not the slug of a topic", "10 values for 9 columns"], strict=True,
    ):  # fmt: skip
        assert said in text


def test_an_act_that_names_somebody_is_refused_because_the_ledger_cannot_forget():
    found = faults(
        f"kim,review-given,A review for Leo Moreau,,{DAY},leo,,,", f"kim,talk-given,x,/members/kim/,{DAY},,,,"
    )

    assert [line for line, _ in found] == [2, 3]
    assert "names Leo Moreau" in found[0][1]


def test_acts_that_only_the_site_sees_cannot_be_brought_in():
    VerbFactory(slug="conduct-accepted")

    assert "“conduct-accepted” is not an act" in faults(f"kim,conduct-accepted,x,,{DAY},,,,")[0][1]
    assert "“correction” is not an act" in faults(f"kim,correction,x,,{DAY},,,,")[0][1]


def test_of_very_many_bad_lines_twenty_are_shown():
    with pytest.raises(Refused) as refusal:
        bring_in(*[f"kim,dance,x{number},,{DAY},,,," for number in range(25)])

    assert refusal.value.message.count("Line ") == 20
    assert refusal.value.message.endswith("and 5 more")


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"", 1, "“happened_at” is missing"), (b"member,verb\n", 1, "“title” is missing"),
        (b"member,verb,title,happened_at,points\n", 1, "no column “points”"),
        (HEAD.encode(), 2, "no act"), (HEAD.encode() + b"\xff\xfe", 2, "UTF-8"), (HEAD.encode() + b"a\0b", 2, "null"),
        (HEAD.encode() + b'kim,talk-given,"x', 2, "no CSV"), (b"x" * 5_000_001, 1, "5 MB"),
        (b"member,member,verb,title,happened_at\n", 1, "twice"),
    ],
    ids=["empty", "columns missing", "unknown column", "no line", "not UTF-8", "null", "open quote", "large", "twice"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_where(data, line, said):
    with pytest.raises(imports.BadFile) as refusal:
        imports.bring_in(data, name="acts.csv", by=None)

    assert any(fault.line == line and said in fault.text for fault in refusal.value.faults)


def test_semicolons_a_mark_of_order_and_other_names_of_columns_are_understood():
    data = (
        "\ufeffE-mail;verb;title;date\n".replace("E-mail", "email") + f"kim@example.org;talk-given;Ten minutes;{DAY}\n"
    )

    report = imports.bring_in(data.encode(), name="acts.csv", by=None)

    assert report.written == 1


def test_a_line_over_several_lines_is_named_by_its_first():
    found = faults(f'kim,talk-given,"two\nlines",,{DAY},,,,', f"nobody,talk-given,x,,{DAY},,,,")

    assert [line for line, _ in found] == [4]


def test_the_same_file_is_refused_a_second_time():
    bring_in(f"kim,talk-given,Ten minutes,,{DAY},,,,")

    with pytest.raises(Refused, match="This very file was brought in"):
        bring_in(f"kim,talk-given,Ten minutes,,{DAY},,,,")


def test_a_longer_file_writes_only_what_is_new():
    bring_in(f"kim,talk-given,Ten minutes,,{DAY},,,,t1")

    report = bring_in(f"kim,talk-given,Ten minutes,,{DAY},,,,t1", f"kim,talk-given,Twenty minutes,,{DAY},,,,t2")

    assert (report.written, report.known, Activity.objects.count()) == (1, 1, 2)


def test_the_same_act_twice_in_a_file_is_a_fault():
    found = faults(f"kim,talk-given,Ten minutes,,{DAY},,,,t1", f"kim@example.org,talk-given,Other words,,{DAY},,,,t1")

    assert found == [(3, "the same act stands on line 2; give each its own key")]


def test_a_dry_run_checks_and_writes_nothing():
    report = bring_in(f"kim,talk-given,Ten minutes,,{DAY},,,,", dry_run=True)

    assert (report.written, report.batch) == (1, None)
    assert not Activity.objects.exists()
    assert not LedgerImport.objects.exists()


def test_levels_follow_an_import_at_once(people):
    level = LevelFactory(slug="builder")
    LevelRule.objects.create(level=level, measure="acts", at_least=1, text="One").verbs.add("talk-given")

    report = bring_in(f"kim,talk-given,Ten minutes,,{DAY},,,,")

    assert report.awarded == [(people[0].pk, "builder")]


def test_an_import_is_taken_back_as_a_whole_and_levels_stay(people):
    level = LevelFactory(slug="builder")
    LevelRule.objects.create(level=level, measure="acts", at_least=1, text="One").verbs.add("talk-given")
    batch = bring_in(f"kim,talk-given,One,,{DAY},,,,", f"leo,talk-given,Two,,{DAY},,,,").batch
    ledger.reverse(Activity.objects.get(object_title="One"), by=people[1], reason="By mistake")

    number = imports.take_back(batch, by=people[0], reason="The list was of another group")

    assert (number, Activity.objects.filter(verb="correction").count()) == (1, 2)
    assert LevelAward.objects.count() == 2
    batch.refresh_from_db()
    assert (batch.reversed_by, batch.reversal_reason) == (people[0], "The list was of another group")
    with pytest.raises(Refused, match="already"):
        imports.take_back(batch, by=people[0], reason="Again")


def test_taking_back_needs_a_reason(people):
    batch = bring_in(f"kim,talk-given,One,,{DAY},,,,").batch

    with pytest.raises(Refused, match="why"):
        imports.take_back(batch, by=people[0], reason=" ")


def test_what_was_taken_back_can_be_brought_in_again_by_a_corrected_file(people):
    line = f"kim,talk-given,Ten minutes,,{DAY},,,,t1"
    imports.take_back(bring_in(line).batch, by=people[1], reason="Wrong")

    again = bring_in(line, f"leo,talk-given,Another,,{DAY},,,,t2")
    third = bring_in(line, f"leo,talk-given,A third,,{DAY},,,,t3")

    assert (again.written, again.known) == (2, 0)
    assert (third.written, third.known) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_bring_in_the_same_file_at_once_one_does(people):
    data, gate = file(f"kim,talk-given,Ten minutes,,{DAY},,,,"), threading.Barrier(24)

    def run(_):
        gate.wait()
        try:
            return imports.bring_in(data, name="acts.csv", by=None).written
        except Refused:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(24) as pool:
        written = sum(pool.map(run, range(24)))

    assert (written, Activity.objects.count(), LedgerImport.objects.count()) == (1, 1, 1)


def test_statements_do_not_grow_with_the_lines(people, django_assert_num_queries):
    lines = [f"kim,talk-given,Talk {number},,{DAY},,,," for number in range(60)]

    with django_assert_num_queries(14):
        bring_in(lines[0])
    with django_assert_num_queries(14):
        bring_in(*lines[1:])


def test_the_command_reports_and_names_bad_lines(tmp_path, capsys):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(file(f"kim,talk-given,Ten minutes,,{DAY},,,,"))
    bad.write_bytes(file(f"nobody,talk-given,x,,{DAY},,,,"))

    call_command("import_acts", str(good), json=True, dry_run=True)
    dry = json.loads(capsys.readouterr().out)
    call_command("import_acts", str(good), json=True)
    done = json.loads(capsys.readouterr().out)
    with pytest.raises(CommandError, match="Line 2: there is no member “nobody”"):
        call_command("import_acts", str(bad), json=True)
    said = json.loads(capsys.readouterr().out)

    assert dry == {"lines": 1, "written": 1, "known": 0, "levels": 0, "dry_run": True}
    assert done == dry | {"dry_run": False}
    assert said["faults"] == [{"line": 2, "text": "there is no member “nobody”"}]
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_acts", str(tmp_path / "none.csv"))


def upload(client, data):
    return client.post(
        "/admin/members/ledgerimport/add/", {"file": SimpleUploadedFile("acts.csv", data, "text/csv")}, follow=True
    )


def test_an_organizer_brings_a_file_in_and_takes_it_back(organizer_client):
    brought = upload(organizer_client, file(f"kim,talk-given,Ten minutes,,{DAY},,,,"))
    batch = LedgerImport.objects.get()
    page = f"/admin/members/ledgerimport/{batch.pk}/change/"
    empty = organizer_client.post(page, {"reversal_reason": " "})
    back = organizer_client.post(page, {"reversal_reason": "The wrong list"}, follow=True)

    assert "1 act written" in brought.content.decode()
    assert "Write why the import is taken back." in empty.content.decode()
    assert "1 act taken back" in back.content.decode()
    assert "The wrong list" in organizer_client.get("/admin/members/ledgerimport/").content.decode()
    assert organizer_client.get(page).status_code == 200


def test_bad_lines_stand_beside_the_field(organizer_client):
    answer = upload(organizer_client, file(f"nobody,talk-given,x,,{DAY},,,,", f"kim,dance,x,,{DAY},,,,"))

    text = answer.content.decode()
    assert "Line 2: there is no member “nobody”" in text
    assert "Line 3: “dance” is not an act" in text
    assert not LedgerImport.objects.exists()


def test_today_counts_even_before_noon(time_machine):
    time_machine.move_to(timezone.now().replace(hour=6), tick=False)

    report = bring_in(f"kim,talk-given,This morning,,{timezone.now().date()},,,,")

    assert Activity.objects.get().occurred_at <= timezone.now() + timedelta(seconds=1)
    assert report.written == 1
