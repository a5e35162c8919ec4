"""Pictures of members: made anew from what was uploaded, kept in the database, and taken away."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageOps, UnidentifiedImageError

from cop.lib.errors import Refused
from members.models import Avatar, Member

SIDE = 256  # pixels
MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
KINDS = ("JPEG", "PNG", "WEBP")
TOO_MANY_PIXELS = "This picture has more than 40 megapixels. Make it smaller, then choose it again."
# What a camera says about how it was held (Exif 0x0112), and what puts the picture upright.
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip


def set_picture(member: Member, upload: bytes, *, by: Member) -> Avatar:
    """Keep a square picture made from the upload, in place of the one before; of the upload itself nothing stays."""
    if by != member:
        raise Refused("Only you change your picture.")
    image = remake(upload)
    digest = hashlib.sha256(image).hexdigest()
    with transaction.atomic():
        kept = Member.objects.select_for_update().get(pk=member.pk)
        avatar, _ = Avatar.objects.update_or_create(
            member=kept, defaults={"image": image, "etag": digest, "at": timezone.now()}
        )
        _note(kept, digest[:16])
    return avatar


@transaction.atomic
def remove_picture(member: Member, *, by: Member) -> None:
    """Take the picture away; without one nothing happens."""
    if by != member:
        raise Refused("Only you remove your picture.")
    kept = Member.objects.select_for_update().get(pk=member.pk)
    Avatar.objects.filter(member=kept).delete()
    _note(kept, "")


def _note(member: Member, version: str) -> None:
    member.picture_version = version
    member.save(update_fields=["picture_version"])


def remake(upload: bytes) -> bytes:
    """A WebP of 256 by 256 pixels: the middle of the picture, upright, without a word about camera or place.

    Refused, with words for its owner: over 5 MB, over 40 megapixels, another kind of file, moving, broken."""
    if len(upload) > MOST_BYTES:
        raise Refused("This file is larger than 5 MB. Choose a smaller one.")
    try:
        with Image.open(io.BytesIO(upload), formats=KINDS) as picture:
            _check(picture)
            square = _square(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(TOO_MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise Refused("Choose a picture in JPEG, PNG or WebP; this file is none of them.") from error
    except Refused:
        raise
    except Exception as error:  # a hostile file can make a decoder fail in any way; none is a fault of the site
        raise Refused("This picture cannot be read to its end. Save it anew as JPEG or PNG, then try again.") from error
    kept = io.BytesIO()
    square.save(kept, "WEBP", quality=82, method=4)
    return kept.getvalue()


def _check(picture: Any) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused(TOO_MANY_PIXELS)
    # Some cameras put a second, hidden picture into a JPEG; only PNG and WebP move.
    if picture.format in ("PNG", "WEBP") and getattr(picture, "is_animated", False):
        raise Refused("This picture moves. Choose one that stands still.")


def _square(picture: Any) -> Image.Image:
    """Onto a new white square, so that nothing but the pixels comes along."""
    orientation = picture.getexif().get(ORIENTATION)
    picture.draft("RGB", (2 * SIDE, 2 * SIDE))  # lets a large JPEG be read at a fraction of its size
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    small = ImageOps.fit(picture.convert(mode), (SIDE, SIDE), Image.Resampling.LANCZOS)
    if orientation in UPRIGHT:
        small = small.transpose(UPRIGHT[orientation])
    square = Image.new("RGB", (SIDE, SIDE), "white")
    square.paste(small, mask=small if mode == "RGBA" else None)
    return square
