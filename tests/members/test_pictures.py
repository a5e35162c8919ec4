"""Pictures: what is taken, what is made of it, who sees it, and how browsers keep it."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import Client
from PIL import Image

from cop.lib.errors import Refused
from members.models import Avatar, Member
from members.operations import pictures
from tests.factories.members import MemberFactory
from tests.factories.profiles import picture

pytestmark = pytest.mark.django_db

PAGE = "/me/picture/"
NO_KIND = "Choose a picture in JPEG, PNG or WebP; this file is none of them."
TOO_MANY = "This picture has more than 40 megapixels. Make it smaller, then choose it again."
BROKEN = "This picture cannot be read to its end. Save it anew as JPEG or PNG, then try again."


def opened(image):
    return Image.open(io.BytesIO(bytes(image)))


def gps_picture(orientation: int = 1) -> bytes:
    """Left half red, right half blue, with the place where it was taken."""
    exif = Image.Exif()
    exif[pictures.ORIENTATION] = orientation
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 5.0, 30.0)
    exif[0x010F] = "SecretCamera"
    image = Image.new("RGB", (400, 400), "red")
    image.paste("blue", (200, 0, 400, 400))
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif, quality=95)
    return file.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says to be enormous."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def moving(kind: str) -> bytes:
    file = io.BytesIO()
    frames = [Image.new("RGB", (50, 50), colour) for colour in ("red", "blue")]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_a_small_square_webp(kind):
    made = opened(pictures.remake(picture(kind)))

    assert (made.format, made.size, made.mode) == ("WEBP", (256, 256), "RGB")


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16", "CMYK"])
def test_a_picture_of_any_colour_mode_is_taken(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"

    assert opened(pictures.remake(picture(kind, mode=mode, colour=0))).size == (256, 256)


def test_what_is_transparent_becomes_white():
    made = opened(pictures.remake(picture("PNG", mode="RGBA", colour=(255, 0, 0, 0))))

    assert made.getpixel((128, 128)) == (255, 255, 255)


def test_camera_and_place_are_gone_from_the_picture():
    upload = gps_picture()
    assert dict(Image.open(io.BytesIO(upload)).getexif().get_ifd(0x8825))

    made = pictures.remake(upload)

    assert b"SecretCamera" not in made
    assert dict(opened(made).getexif()) == {}
    assert {"exif", "xmp", "icc_profile"} & set(opened(made).info) == set()


def test_a_colour_profile_and_comments_are_gone_too():
    made = pictures.remake(picture("JPEG", icc_profile=b"secret-profile", comment=b"secret-comment"))

    assert b"secret" not in made


@pytest.mark.parametrize(
    ("orientation", "red_side"), [(1, "left"), (2, "right"), (3, "right"), (6, "top"), (8, "bottom")]
)
def test_the_picture_stands_upright_as_the_camera_was_held(orientation, red_side):
    made = opened(pictures.remake(gps_picture(orientation))).convert("RGB")

    spots = {"left": (20, 128), "right": (236, 128), "top": (128, 20), "bottom": (128, 236)}
    red, _, blue = made.getpixel(spots[red_side])
    assert red > 200
    assert blue < 60


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (b"x" * (5 * 1024 * 1024 + 1), "This file is larger than 5 MB. Choose a smaller one."),
        (bomb(8000, 5001), TOO_MANY),
        (bomb(10_000, 10_000), TOO_MANY),
        (bomb(60_000, 60_000), TOO_MANY),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', NO_KIND),
        (b"MZ not a picture at all", NO_KIND),
        (picture("GIF"), NO_KIND),
        (picture("JPEG")[:900], BROKEN),
        (picture("PNG")[:90], BROKEN),
        (moving("PNG"), "This picture moves. Choose one that stands still."),
        (moving("WEBP"), "This picture moves. Choose one that stands still."),
    ],
    ids=["large", "41 MP", "100 MP", "3600 MP", "svg", "program", "gif", "cut jpeg", "cut png", "apng", "moving webp"],
)  # fmt: skip
def test_an_upload_that_is_no_still_picture_is_refused_at_the_field(member_client, member, upload, said):
    answer = member_client.post(PAGE, {"picture": SimpleUploadedFile("me.png", upload, "image/png")})

    assert answer.status_code == 200
    assert answer.context["form"].errors["picture"] == [said]
    assert not Avatar.objects.exists()


def test_a_post_without_a_file_says_what_to_do(member_client):
    answer = member_client.post(PAGE, {})

    assert answer.context["form"].errors["picture"] == ["Choose a file with a picture first."]


def test_an_uploaded_picture_is_kept_served_and_removed_again(member_client, member):
    member_client.post(PAGE, {"picture": SimpleUploadedFile("me.jpg", picture("JPEG"), "image/jpeg")})

    kept, avatar = Member.objects.get(pk=member.pk), Avatar.objects.get(member=member)
    served = member_client.get(kept.picture_for(kept))
    assert kept.picture_version == avatar.etag[:16]
    assert (served["Content-Type"], served.content) == ("image/webp", bytes(avatar.image))

    member_client.post("/me/picture/remove/")

    assert not Avatar.objects.exists()
    assert Member.objects.get(pk=member.pk).picture_version == ""
    assert member_client.get(kept.picture_for(kept)).status_code == 404


def test_a_second_picture_takes_the_place_of_the_first(member):
    first = pictures.set_picture(member, picture(colour="red"), by=member)
    second = pictures.set_picture(member, picture(colour="blue"), by=member)

    assert Avatar.objects.count() == 1
    assert first.etag != second.etag
    assert Member.objects.get(pk=member.pk).picture_version == second.etag[:16]


def test_nobody_changes_the_picture_of_another(member):
    with pytest.raises(Refused, match="Only you change your picture"):
        pictures.set_picture(member, picture(), by=MemberFactory())
    with pytest.raises(Refused, match="Only you remove your picture"):
        pictures.remove_picture(member, by=MemberFactory())


@pytest.mark.parametrize(
    ("fields", "seen_by"),
    [
        ({"audiences": {"picture": "public"}}, {"visitor", "member", "owner"}),
        ({}, {"member", "owner"}),
        ({"audiences": {"picture": "me"}}, {"owner"}),
        ({"audiences": {"picture": "public"}, "in_directory": False}, {"owner"}),
    ],
)
def test_a_picture_is_served_to_those_who_may_see_it(client, member_client, fields, seen_by):
    person = MemberFactory(**fields)
    pictures.set_picture(person, picture(), by=person)
    owner = Client()
    owner.force_login(person)

    found = {
        who: browser.get(f"/members/{person.handle}/picture/").status_code
        for who, browser in {"visitor": client, "member": member_client, "owner": owner}.items()
    }

    assert found == {who: 200 if who in seen_by else 404 for who in ("visitor", "member", "owner")}


def test_a_browser_keeps_the_picture_under_the_address_of_its_version(member_client, member):
    pictures.set_picture(member, picture(), by=member)
    address = Member.objects.get(pk=member.pk).picture_for(member)

    versioned, plain = member_client.get(address), member_client.get(address.partition("?")[0])
    again = member_client.get(address, headers={"If-None-Match": versioned["ETag"]})

    assert versioned["Cache-Control"] == "private, max-age=31536000, immutable"
    assert plain["Cache-Control"] == "private, no-cache"
    assert versioned["X-Content-Type-Options"] == "nosniff"
    assert (again.status_code, again.content) == (304, b"")


def drawn(person, viewer):
    return Template("{% avatar person %}").render(Context({"person": person, "user": viewer}))


def test_the_picture_is_drawn_for_those_who_see_it_and_initials_for_others(member):
    person = MemberFactory(name="Ana Lopes", handle="ana", audiences={"picture": "me"}, picture_version="abc")

    assert '<img src="/members/ana/picture/?v=abc" alt=""' in drawn(person, person)
    assert "AL" in drawn(person, member)
    assert "<img" not in drawn(person, member)


def test_drawing_people_costs_no_query(member, django_assert_num_queries):
    MemberFactory.create_batch(3, picture_version="abc")
    people = list(Member.objects.all())

    with django_assert_num_queries(0):
        for person in people:
            drawn(person, member)
