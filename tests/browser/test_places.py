"""Going about the page: places, people, the clock, the theme, small screens, and beginning anew."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import GALLERY, Visit


@GALLERY
def test_home_is_opened_by_whoever_looks(visit: Visit) -> None:
    priya = visit()
    priya.go("Home")
    expect(priya.conversation.get_by_text("Welcome home")).to_be_visible()
    priya.act_as("Victor Vance")
    expect(priya.conversation.get_by_text("Welcome home")).to_be_visible()
    priya.press("At home", priya.conversation)
    expect(priya.conversation.get_by_text("Pressed at home.")).to_be_visible()
    priya.page.reload()
    expect(priya.conversation.get_by_text("Welcome home")).to_be_visible()


@GALLERY
def test_private_places_stay_private(visit: Visit) -> None:
    victor = visit("Victor Vance")
    expect(victor.page).to_have_url(re.compile("as="))
    elsewhere = victor.page.url
    victor.go("finance")
    expect(victor.page).not_to_have_url(elsewhere)
    finance = victor.page.url.partition("at=")[2]
    for place in (finance, "C99999999"):
        victor.page.goto(f"{visit.address}/?at={place}")
        expect(victor.conversation.get_by_role("heading", level=1)).to_contain_text("streaming-platform")
    victor.act_as("Victor Vance")
    expect(victor.page).to_have_url(re.compile("as="))
    victor.page.goto(f"{victor.page.url.partition('&at')[0]}&at={finance}")
    expect(victor.conversation.get_by_role("heading", level=1)).to_contain_text("finance")


@GALLERY
def test_the_sidebar_keeps_the_keyboards_place(visit: Visit) -> None:
    priya = visit()
    entry = priya.page.get_by_role("navigation").get_by_role("button").filter(has_text="general")
    entry.press("Enter")
    expect(entry).to_have_attribute("aria-current", "page")
    expect(entry).to_be_focused()


@GALLERY
def test_light_and_dark(visit: Visit) -> None:
    priya = visit(dark=True)
    body = priya.page.locator("body")
    expect(body).to_have_class(re.compile("body--dark"))
    priya.page.get_by_role("button", name="Light or dark").click()
    expect(body).to_have_class(re.compile("body--light"))
    priya.page.reload()
    expect(priya.conversation.get_by_role("heading", level=1)).to_be_visible()
    expect(body).to_have_class(re.compile("body--light"))


@GALLERY
def test_the_sidebar_of_a_phone_closes(visit: Visit) -> None:
    priya = visit(width=390, height=800)
    page = priya.page
    sidebar = page.get_by_role("navigation", name="Channels and apps")
    expect(page.locator(".clock")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for key in ("", "Escape"):
        page.get_by_role("button", name="Channels", exact=True).click()
        expect(sidebar).to_be_visible()
        if key:
            page.keyboard.press(key)
        else:
            page.mouse.click(370, 500)
        expect(sidebar).to_be_hidden()


def test_clocks_and_beginning_anew(visit: Visit) -> None:
    victor = visit("Victor Vance")
    page = victor.page
    people = page.get_by_role("button", name="Act as somebody else")

    def shown_time() -> str:
        people.click()
        said = page.get_by_role("menuitem").filter(has_text="Fiona Feld").inner_text()
        page.keyboard.press("Escape")
        expect(page.get_by_role("menuitem")).to_have_count(0)
        return said

    before = shown_time()
    page.get_by_role("button", name="Skip ahead").click()
    page.get_by_role("menuitem", name="An hour").click()
    expect(page.get_by_role("status")).to_be_hidden()
    page.wait_for_timeout(700)
    assert shown_time() != before

    page.get_by_role("button", name="Start anew").click()
    page.get_by_role("menuitem", name="Six weeks in").click()
    expect(page.get_by_role("status")).to_contain_text("Six weeks in")
    page.get_by_role("button", name="Start anew").click()
    page.get_by_role("menuitem", name="Empty workspace").click()
    expect(page.get_by_role("status")).to_be_hidden()
    expect(page.get_by_text("Acting as Victor Vance")).to_be_visible()
    expect(victor.conversation.get_by_role("article")).to_have_count(0)
