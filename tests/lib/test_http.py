import pytest

BUTTONS = {
    "/labs/redact/start/": "/labs/redact/",
    "/labs/redact/run/tick/": "/labs/redact/",
    "/labs/redact/run/finish/": "/labs/redact/",
    "/modules/security/walls/read/": "/modules/security/walls/",
    "/newsletters/mine/": "/newsletters/",
    "/welcome/hello/": "/welcome/",
    "/welcome/steps/skills/": "/welcome/",
    "/levels/mentor/wish/": "/levels/",
    "/appearance/": "/",
    "/events/open/register/": "/events/open/",
    "/admin/newsletters/issue/7/start/": "/admin/newsletters/issue/7/preview/",
}


@pytest.mark.parametrize("address", BUTTONS)
@pytest.mark.parametrize("method", ["get", "options"])
def test_the_address_of_a_button_visited_says_what_happened_and_names_the_way_on(organizer_client, address, method):
    answer = getattr(organizer_client, method)(address)

    page = answer.content.decode()
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "<title>Nothing was changed" in page
    assert f'<a class="btn btn-outline-secondary" href="{BUTTONS[address]}">Go to that page</a>' in page


def test_a_visitor_too_learns_why_nothing_was_changed(client, db):
    assert "Nothing was changed" in client.get("/welcome/hello/").content.decode()


@pytest.mark.parametrize(("address", "back"), [
    ("/welcome/hello/", "/welcome/"), ("/welcome/steps/skills/", "/welcome/"), ("/newsletters/mine/", "/newsletters/"),
    ("/levels/mentor/wish/", "/levels/"),
])  # fmt: skip
def test_who_presses_a_button_signed_out_comes_back_to_the_page_with_the_button(client, db, address, back):
    answer = client.post(address)

    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={back}")
