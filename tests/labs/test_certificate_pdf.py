"""The sheet: tagged, with the name in it whatever its script, and quick."""

import io
import time

import pypdf
import pytest
from pypdf.generic import DictionaryObject

from labs.credentials import pdf
from labs.models import Certificate
from labs.queries.certificates import endorsement_of
from tests.factories.certificates import certificate
from tests.factories.members import MemberFactory
from tests.factories.modules import learning_verbs
from tests.kept import kept_for_many

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def issued(django_db_setup, django_db_blocker):
    """The code of a certificate that is issued once for the tests of this file."""
    with kept_for_many(django_db_blocker):
        with django_db_blocker.unblock():
            learning_verbs()
            reviewer = MemberFactory(name="Grace", audiences={"page": "public"})
            code = certificate(MemberFactory(handle="ada"), by=reviewer).code
        yield code


@pytest.fixture
def made(issued, db):
    return Certificate.objects.get(code=issued)


def sheet_of(made, name="Ada Lovelace", **fields):
    made.name = name
    for field, value in fields.items():
        setattr(made, field, value)
    content = pdf.sheet(made, issuer="Community of Practice", endorsement=endorsement_of(made))
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(sheet):
    return " ".join(page.extract_text() for page in sheet.pages).replace("\n", " ")


def spoken(sheet):
    """Everything that stands in the structure as alternative text."""
    found, waiting = [], [sheet.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, DictionaryObject):
            found += [str(node["/Alt"])] if "/Alt" in node else []
            kids = node.get("/K", [])
            waiting += kids if isinstance(kids, list) else [kids]
    return found


def test_the_sheet_says_who_what_when_and_where_to_check(made):
    text = text_of(sheet_of(made))

    assert "Security, Privacy and IP" in text
    assert "Held by Ada Lovelace" in text
    assert "Grace reviewed and accepted the work from the lab “Find secrets”" in text
    assert f"valid until {made.expires_at:%-d %B %Y}" in text
    assert f"/certificates/{made.code}/" in text.replace(" ", "")


def test_the_sheet_is_tagged_and_says_its_language_title_and_standards(made):
    sheet = sheet_of(made)

    root = sheet.trailer["/Root"]
    about = root["/Metadata"].get_data().decode()
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], len(sheet.pages)) == ("en-GB", True, 1)
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in about
    assert sheet.metadata.title == "Security, Privacy and IP: Ada Lovelace"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_badge_and_code_have_words_for_who_does_not_see_them(made):
    words = spoken(sheet_of(made))

    assert "Badge: Security, Privacy and IP" in words
    assert any(one.startswith("QR code of the address http") and made.code in one for one in words)


@pytest.mark.parametrize(
    "name",
    ["Ελένη Ωραία", "Юрий Гагарин", "Nguyễn Thị Đoan Trang", "Łukasz Żółć", '#panic("x") \\ *b* $x$ [y] <l> // /* "q"',
     "Ada #import sys", "W" * 80, "ß" * 80],
)  # fmt: skip
def test_a_name_stands_on_the_sheet_as_it_is_and_none_of_it_is_markup(made, name):
    assert name in text_of(sheet_of(made, name))


@pytest.mark.parametrize("name", ["محمد علي", "שרה כהן", "अमित कुमार"])
def test_a_name_from_right_to_left_or_with_joined_letters_is_set_with_a_font(made, name):
    sheet = sheet_of(made, name)

    assert sheet.metadata.title == f"Security, Privacy and IP: {name}"
    assert "@ada" not in text_of(sheet)


@pytest.mark.parametrize("name", ["王小明", "한국", "ทักษิณ", "🦄", "\U0001f9d1\u200d\U0001f4bb Kim"])
def test_a_name_for_which_there_is_no_font_is_spoken_and_titled_and_never_missing(made, name, monkeypatch):
    monkeypatch.setattr(pdf, "_fonts", lambda: pdf.typst.Fonts(include_system_fonts=False))

    sheet = sheet_of(made, name)

    text = text_of(sheet)
    assert "@ada" in text
    assert "The name stands in its own script on the page below, and in the title of this file." in text
    assert name in spoken(sheet)
    assert sheet.metadata.title == f"Security, Privacy and IP: {name}"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in sheet.trailer["/Root"]["/Metadata"].get_data()
    assert "\x00" not in text


def test_titles_and_evidence_without_a_font_do_not_break_the_sheet(made):
    many = [one | {"title": "ラボ " * 20} for one in made.evidence * 20]

    sheet = sheet_of(made, "王小明", title="安全", evidence=many)

    assert len(sheet.pages) == 1
    assert "and 27 more, on the page below" in text_of(sheet)


def test_a_sheet_takes_less_than_a_second_and_is_the_same_each_time(made):
    first = pdf.sheet(made, issuer="C", endorsement=None)
    began = time.perf_counter()

    again = pdf.sheet(made, issuer="C", endorsement=None)

    assert time.perf_counter() - began < 1
    assert first == again
