import pytest
from PIL import Image

from cop.lib.pictures import size_of

SVGS = {
    "both.svg": ('<?xml version="1.0"?><svg width="720.4" height="90px" viewBox="0 0 1 1">', (720, 90)),
    "box.svg": ("<svg viewBox='0 0 1 1' viewBox=\"0 0 64 48.6\">", (64, 49)),
    "none.svg": ('<svg width="100%">', None),
    "no-svg.svg": ("nothing", None),
}


@pytest.fixture
def folder(tmp_path, settings):
    settings.STATICFILES_DIRS = [tmp_path]
    size_of.cache_clear()
    yield tmp_path
    size_of.cache_clear()


@pytest.mark.parametrize("name", SVGS)
def test_the_size_of_an_svg_is_that_of_its_first_tag(folder, name):
    text, size = SVGS[name]
    (folder / name).write_text(text)

    assert size_of(f"/static/{name}") == size


def test_the_size_of_a_png_is_read_from_the_file_once(folder):
    Image.new("RGB", (30, 20)).save(folder / "a.png")

    assert size_of("/static/a.png") == (30, 20)
    (folder / "a.png").unlink()
    assert size_of("/static/a.png") == (30, 20)


@pytest.mark.parametrize(
    "address", ["https://x.example/a.png", "/media/a.png", "/static/../secret.png", "/static/nothing.png", "/static/"]
)
def test_other_addresses_have_no_known_size(folder, address):
    (folder.parent / "secret.png").write_bytes(b"x")

    assert size_of(address) is None


def test_a_broken_picture_has_no_known_size(folder):
    (folder / "a.png").write_bytes(b"no picture")

    assert size_of("/static/a.png") is None
