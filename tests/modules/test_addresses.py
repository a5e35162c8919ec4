import pytest

from modules.addresses import BadAddress, cleaned, host_of, key_of


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://Example.ORG/A", "https://example.org/A"),
        ("HTTPS://example.org", "https://example.org/"),
        ("  https://example.org/a \n", "https://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("http://example.org:443/a", "http://example.org:443/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&utm_medium=mail", "https://example.org/a"),
        ("https://example.org/a?UTM_Source=x", "https://example.org/a"),
        ("https://example.org/a?fbclid=1&gclid=2&mc_cid=3&mc_eid=4&ref=5&igshid=6", "https://example.org/a"),
        ("https://example.org/a?page=2&b=&a=1&a=0", "https://example.org/a?a=0&a=1&b=&page=2"),
        ("https://example.org/a?reference=1", "https://example.org/a?reference=1"),
        ("https://example.org/a?si=1", "https://example.org/a?si=1"),
        ("https://www.youtube.com/watch?v=abc&si=1&feature=share", "https://www.youtube.com/watch?v=abc"),
        ("https://youtu.be/abc?si=1&t=20", "https://youtu.be/abc?t=20"),
        ("https://notyoutube.com/a?si=1", "https://notyoutube.com/a?si=1"),
        ("https://example.org/a/", "https://example.org/a/"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/a%20b?q=a+b", "https://example.org/a%20b?q=a%20b"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://example.org./a", "https://example.org/a"),
    ],
)
def test_an_address_is_cleaned_and_cleaning_it_again_changes_nothing(given, kept):
    assert cleaned(given) == kept
    assert cleaned(kept) == kept


@pytest.mark.parametrize(
    "given",
    [
        "", "example.org/a", "//example.org/a", "ftp://example.org/a", "javascript:alert(1)", "https://", "https:///a",
        "https://localhost/a", "https://127.0.0.1/a", "https://[::1]/a", "https://exa mple.org/", "https://-a.org/",
        "https://example.org:0/", "https://example.org:99999/", "https://example.org:x/", "https://[bad/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_public_page_is_refused(given):
    with pytest.raises(BadAddress):
        cleaned(given)


def test_a_name_or_password_in_an_address_is_refused():
    with pytest.raises(BadAddress, match="name or a password"):
        cleaned("https://kim:secret@example.org/")


def test_an_address_over_500_characters_is_refused_unless_only_its_tracking_is_long():
    with pytest.raises(BadAddress, match="longer than 500"):
        cleaned("https://example.org/" + "a" * 500)

    assert cleaned("https://example.org/a?utm_source=" + "a" * 500) == "https://example.org/a"


@pytest.mark.parametrize(
    "same",
    [
        "https://example.org/a", "http://example.org/a", "https://example.org/a/", "https://EXAMPLE.org/a#end",
        "https://example.org/a?utm_campaign=x", "https://example.org:443/a/?ref=y",
    ],
)  # fmt: skip
def test_addresses_of_one_page_have_one_key(same):
    assert key_of(same) == "example.org/a"


@pytest.mark.parametrize(
    "other",
    ["https://example.org/A", "https://www.example.org/a", "https://example.org/a?v=1", "https://example.org:8443/a"],
)
def test_addresses_of_other_pages_have_other_keys(other):
    assert key_of(other) != "example.org/a"


def test_the_key_of_a_whole_site_is_its_host():
    assert key_of("https://example.org") == key_of("https://example.org/") == "example.org"


def test_the_host_is_read_without_www():
    assert host_of("https://www.example.org/a") == "example.org"
