from urllib.parse import urlsplit

import pytest

from cop.lib.links import Network, fault_of_link, is_page, is_public, stub
from tests.web import running_platform

ADDRESS = "https://discord.com/invite/home"


@pytest.fixture
def platform():
    with running_platform({}) as server:
        yield server


def fault(server, address=ADDRESS):
    def is_allowed(onward):
        return onward.startswith("https://discord.com/")

    return fault_of_link(address, is_allowed=is_allowed, network=stub("127.0.0.1", server.server_port))


def test_an_address_that_answers_has_no_fault_and_is_asked_once_without_its_body(platform):
    assert fault(platform) == ""
    assert platform.asked == [("HEAD", "discord.com", "/invite/home")]


def test_where_head_finds_nothing_get_is_asked(platform):
    platform.answers[("HEAD", "/invite/home")] = (404, "")

    assert fault(platform) == ""
    assert [method for method, _, _ in platform.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize("status", [401, 403, 405, 429])
def test_a_host_that_does_not_let_programs_in_answers(platform, status):
    platform.answers["/invite/home"] = (status, "")

    assert fault(platform) == ""


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_an_address_that_is_gone_has_a_fault(platform, status):
    platform.answers["/invite/home"] = (status, "")

    assert fault(platform) == f"It answers with {status}."


def test_three_redirects_are_followed_and_four_are_not(platform):
    for number in range(4):
        platform.answers[f"/{number}"] = (302, f"/{number + 1}")

    assert fault(platform, "https://discord.com/1") == ""
    assert fault(platform, "https://discord.com/0") == "It leads on more than 3 times."


@pytest.mark.parametrize("onward", ["https://example.org/", "http://discord.com/", "//127.0.0.1/admin"])
def test_a_redirect_to_another_host_is_not_followed(platform, onward):
    platform.answers["/invite/home"] = (301, onward)

    assert "where it may not be followed" in fault(platform)
    assert {path for _, _, path in platform.asked} == {"/invite/home"}


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 192.168.1.1 172.16.0.1 169.254.169.254 100.64.0.1 0.0.0.0 ::1 fc00::1 fe80::1%eth0 "
    "::ffff:127.0.0.1 224.0.0.1".split(),
)
def test_private_networks_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["162.159.128.233", "2606:4700::1111"])
def test_addresses_of_the_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize("found", [["127.0.0.1"], ["162.159.128.233", "10.0.0.1"], []])
def test_a_name_that_leads_into_a_private_network_is_never_asked(platform, found):
    network = Network(resolve=lambda host: found, port=platform.server_port, tls=None)

    said = fault_of_link(ADDRESS, is_allowed=lambda _: True, network=network)

    assert said == "Its name leads into a private network."
    assert platform.asked == []


def test_a_host_without_an_address_or_without_a_listener_cannot_be_reached():
    def unknown(host):
        raise OSError("no such host")

    silent = stub("127.0.0.1", 1)

    assert fault_of_link(ADDRESS, is_allowed=lambda _: True, network=Network(resolve=unknown)).startswith("It cannot")
    assert fault_of_link(ADDRESS, is_allowed=lambda _: True, network=silent).startswith("It cannot be reached")


@pytest.mark.parametrize(
    ("address", "port", "encrypted"),
    [
        ("https://example.org/", 443, True), ("http://example.org/", 80, False),
        ("https://example.org:8443/", 8443, True),
        ("http://example.org:8080/", 8080, False),
    ],
)  # fmt: skip
def test_the_door_of_an_address_follows_from_its_scheme_and_port(address, port, encrypted):
    found, tls = Network().door(urlsplit(address))

    assert (found, tls is not None) == (port, encrypted)


@pytest.mark.parametrize("address", ["ftp://example.org/", "file:///etc/passwd", "https:///a", "gopher://example.org/"])
def test_only_pages_of_the_web_are_asked(platform, address):
    said = fault_of_link(address, is_allowed=is_page, network=stub("127.0.0.1", platform.server_port))

    assert said.endswith("where it may not be followed.")
    assert platform.asked == []


def test_a_page_may_lead_to_another_host(platform):
    platform.answers["/old"] = (301, "http://example.net/new")

    said = fault_of_link("https://example.org/old", is_allowed=is_page, network=stub("127.0.0.1", platform.server_port))

    assert said == ""
    assert [(host, path) for _, host, path in platform.asked] == [("example.org", "/old"), ("example.net", "/new")]
