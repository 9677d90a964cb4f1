"""The page as a Slack user would expect it: every block and element, windows side by side, small screens, keyboard."""

import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Locator, expect

from tests.browser.conftest import GALLERY, Playground, Visit, Visitor

HALF_DONE = pytest.mark.parametrize("address", [("--stage", "interviews half done")], indirect=True)


def newest(visitor: Visitor, words: str) -> None:
    expect(visitor.conversation.get_by_role("article").last.get_by_text(words)).to_be_visible()


@GALLERY
def test_every_block_and_element_is_drawn_and_works(visit: Visit) -> None:
    priya = visit()
    page = priya.page
    priya.type("/gallery")
    shown = priya.conversation.get_by_role("article").filter(has=page.get_by_role("heading", name="Everything 🎉"))
    expect(shown).to_be_visible()
    for tag, words in (("strong", "Bold"), ("em", "italic"), ("s", "struck"), ("code", "code"), ("pre", "x = 1")):
        expect(shown.locator(tag, has_text=words).first).to_be_visible()
    expect(shown.locator("blockquote")).to_have_text("quoted")
    expect(shown.locator(".mention.mine")).to_have_text("@Priya Patel")
    expect(shown.get_by_role("link", name="a link")).to_have_attribute("href", "https://example.org")
    expect(shown.get_by_role("img", name="A square")).to_have_js_property("naturalWidth", 64)
    expect(priya.conversation.get_by_role("img", name="A red square")).to_have_js_property("naturalWidth", 64)
    expect(shown.get_by_role("cell", name="15 %")).to_be_visible()
    expect(shown.get_by_role("heading", name="A heading")).to_be_visible()
    expect(priya.conversation.get_by_text("Psst, only you.")).to_be_visible()
    priya.snap("20-every-block")

    shown.get_by_role("button", name="Plain").click()
    newest(priya, "plain: pressed")
    shown.get_by_role("button", name="Danger").click()
    expect(page.get_by_text("It cannot be undone.")).to_be_visible()
    priya.snap("21-confirm")
    page.get_by_role("button", name="No", exact=True).click()
    shown.get_by_role("button", name="Danger").click()
    page.get_by_role("button", name="Do it").click()
    newest(priya, "danger: pressed")
    shown.get_by_role("combobox", name="A menu").click()
    page.get_by_role("option", name="Blue").click()
    newest(priya, "menu: blue")
    shown.get_by_role("button", name="More actions", exact=True).click()
    page.get_by_role("menuitem", name="Archive").click()
    newest(priya, "overflow: archive")
    shown.get_by_label("Two").check()
    newest(priya, "ticks: two")
    shown.get_by_label("Yes").check()
    newest(priya, "radio: yes")
    shown.locator("input[type=date]").fill("2026-12-24")
    newest(priya, "day: 2026-12-24")
    priya.go("A canvas")
    expect(priya.conversation.get_by_role("heading", name="Charter")).to_be_visible()
    priya.snap("22-canvas")


@GALLERY
def test_a_form_with_every_input(visit: Visit) -> None:
    priya = visit()
    priya.type("/form")
    form = priya.modal
    expect(form.get_by_label("Name", exact=True)).to_be_focused()
    form.get_by_label("Number").fill("12")
    priya.press("Save", form)
    expect(form.get_by_text("12 is not between 1 and 9.")).to_be_visible()
    form.get_by_label("Number").fill("7")
    priya.press("Save", form)
    expect(form.get_by_text("Everybody has a name.")).to_be_visible()
    expect(form.get_by_label("Name", exact=True)).to_be_focused()
    form.get_by_label("Name", exact=True).fill("Ada & <Bo>")
    form.get_by_label("Story").fill("Once\nupon")
    form.get_by_label("E-mail").fill("ada@example.org")
    form.get_by_label("Address").fill("https://example.org")
    form.get_by_label("Day").fill("2026-12-24")
    form.get_by_label("Time").fill("09:30")
    form.get_by_label("Moment").fill("2026-12-24T09:30")
    priya.pick("Colour", "Blue")
    for colour in ("Red", "Green"):
        priya.pick("Colours", colour)
    priya.page.keyboard.press("Escape")
    priya.pick("Person", "Fiona Feld")
    priya.pick("Channel", "#general")
    form.get_by_label("Two").check()
    form.get_by_label("No", exact=True).check()
    priya.snap("23-every-input")
    priya.press("More", form)
    expect(priya.page.get_by_role("heading", name="Second")).to_be_visible()
    priya.press("Save", form)
    expect(form.get_by_text("Thank you.")).to_be_visible()
    priya.press("Back", form)
    expect(form.get_by_label("Name", exact=True)).to_have_value("Ada & <Bo>")
    priya.press("Save", form)
    expect(form).to_be_hidden()
    said = priya.conversation.get_by_role("article").last
    expect(said).to_contain_text("Ada & <Bo>")
    values = json.loads(re.search(r"\{.*\}", said.inner_text(), re.DOTALL)[0])  # type: ignore[index]
    assert values["Story"] == "Once\nupon"
    assert values["Number"] == "7"
    assert (values["Day"], values["Time"]) == ("2026-12-24", "09:30")
    assert values["Moment"] == 1798101000
    assert values["Colour"]["value"] == "blue"
    assert [one["value"] for one in values["Colours"]] == ["red", "green"]
    assert [one["value"] for one in values["Ticks"]] == ["two"]
    assert values["Choice"]["value"] == "no"
    assert values["People"] == []


@GALLERY
def test_home_and_escape(visit: Visit) -> None:
    priya = visit()
    priya.go("Home")
    expect(priya.conversation.get_by_text("Welcome home")).to_be_visible()
    priya.press("At home", priya.conversation)
    expect(priya.conversation.get_by_text("Pressed at home.")).to_be_visible()
    priya.go("general")
    priya.type("/form")
    expect(priya.modal.get_by_label("Name", exact=True)).to_be_focused()
    priya.page.keyboard.press("Escape")
    expect(priya.modal).to_be_hidden()


@GALLERY
def test_messages_are_edited_deleted_and_reacted_to(visit: Visit) -> None:
    priya, victor = visit(), visit("Victor Vance")
    priya.type("Hello @vic")
    expect(priya.conversation.get_by_role("textbox")).to_have_value("Hello @Victor Vance ")
    priya.page.keyboard.press("Enter")
    hello = victor.conversation.get_by_role("article").last
    expect(hello.locator(".mention.mine")).to_have_text("@Victor Vance")
    mine = priya.conversation.get_by_role("article").last
    mine.hover()
    mine.get_by_role("button", name="Edit this message").click()
    priya.page.get_by_role("textbox", name="Message", exact=True).fill("Good morning @Victor Vance")
    priya.page.get_by_role("button", name="Save").click()
    expect(hello).to_contain_text("Good morning @Victor Vance")
    expect(hello).to_contain_text("(edited)")
    hello.hover()
    hello.get_by_role("button", name="Add a reaction").click()
    victor.page.get_by_role("menuitem", name="👍").click()
    expect(mine.locator(".reaction")).to_have_text("👍 1")
    hello.hover()
    hello.get_by_role("button", name="Reply in thread").click()
    victor.reply("Morning")
    expect(mine.get_by_text("1 reply")).to_be_visible()
    expect(priya.page.get_by_role("button", name=re.compile("Threads.*1"))).to_be_visible()
    mine.hover()
    mine.get_by_role("button", name="Delete this message").click()
    expect(hello).to_contain_text("This message was deleted.")


@GALLERY
def test_a_shortcut_on_a_message(visit: Visit) -> None:
    priya, victor = visit(), visit("Victor Vance")
    victor.type("We want less churn")
    theirs = priya.conversation.get_by_role("article").last
    expect(theirs).to_contain_text("less churn")
    theirs.hover()
    theirs.get_by_role("button", name="More actions on this message").click()
    expect(priya.page.get_by_role("menuitem", name="Anywhere")).to_be_hidden()
    priya.page.get_by_role("menuitem", name="Make it an objective").click()
    expect(priya.modal.get_by_label("Objective")).to_have_value("We want less churn")
    expect(priya.modal.get_by_role("combobox", name="Asked by")).to_have_value("Victor Vance")
    priya.snap("24-shortcut")
    priya.press("Cancel", priya.modal)
    expect(priya.modal).to_be_hidden()


@GALLERY
def test_a_mention_is_heard_again_after_an_edit(visit: Visit) -> None:
    priya = visit()
    priya.type("Hello @ML Kickoff there")
    mine = priya.conversation.get_by_role("article").last
    expect(mine).to_contain_text("1 reply")
    mine.hover()
    mine.get_by_role("button", name="Edit this message").click()
    priya.page.get_by_role("textbox", name="Message", exact=True).fill("Good morning @ML Kickoff")
    priya.page.get_by_role("button", name="Save").click()
    mine.locator(".replies").click()
    priya.sees("You called again?")


@GALLERY
def test_a_status_is_shown_beside_the_name_until_it_runs_out(visit: Visit) -> None:
    priya, victor = visit(), visit("Victor Vance")
    priya.type("Off I go")
    said = victor.conversation.get_by_role("article").last
    expect(said).to_contain_text("Off I go")
    expect(said.get_by_role("img")).to_be_hidden()
    who = priya.page.get_by_role("button", name="Act as somebody else")
    who.click()
    priya.page.get_by_role("menuitem").filter(has_text="On holiday for a week").click()
    expect(said.get_by_role("img", name="On holiday")).to_have_text("🌴")
    expect(who.get_by_role("img", name="On holiday")).to_be_visible()
    victor.page.get_by_role("button", name="Act as somebody else").click()
    entry = victor.page.get_by_role("menuitem").filter(has_text="Priya Patel")
    expect(entry.get_by_role("img", name="On holiday")).to_be_visible()
    victor.snap("25-status")
    victor.page.keyboard.press("Escape")
    priya.page.get_by_role("button", name="Skip ahead").click()
    priya.page.get_by_role("menuitem", name="A week").click()
    expect(said.get_by_role("img")).to_be_hidden()
    who.click()
    priya.page.get_by_role("menuitem").filter(has_text=re.compile("On holiday$")).click()
    expect(said.get_by_role("img", name="On holiday")).to_be_visible()
    who.click()
    priya.page.get_by_role("menuitem").filter(has_text="Clear status").click()
    expect(said.get_by_role("img")).to_be_hidden()
    priya.page.get_by_role("navigation").get_by_role("button", name="4 unread").click()
    priya.sees("I hear you are: back", priya.conversation)


def tick(box: Locator) -> None:
    """Tick a box. Home is drawn anew once it was opened, and may take back a click in that moment: then again."""
    for _ in range(2):
        with suppress(Error):
            box.check()
            return
    box.check()


@GALLERY
@pytest.mark.parametrize("where", ["message", "home"])
def test_what_stands_in_menus_at_first_is_kept_with_what_is_chosen(visit: Visit, where: str) -> None:
    priya = visit()
    page = priya.page
    if where == "home":
        priya.go("Home")
        shown = priya.conversation.locator(".home")
    else:
        priya.type("/choices")
        shown = priya.conversation.get_by_role("article").filter(has=page.locator(".kit-actions"))
    expect(shown.get_by_role("combobox", name="Who")).to_have_value("Victor Vance")
    expect(shown.get_by_label("Uno")).to_be_checked()
    expect(shown.get_by_label("Left")).to_be_checked()
    expect(shown.locator("input[type=date]")).to_have_value("2026-12-01")
    expect(shown.get_by_text("Fiona Feld")).to_be_visible()
    tick(shown.get_by_label("Dos"))
    tick(shown.get_by_label("Right"))
    shown.get_by_role("combobox", name="Team").click()
    shown.get_by_role("combobox", name="Team").fill("Mei")
    page.get_by_role("option", name="Mei Mori").click()
    page.keyboard.press("Escape")
    shown.locator("input[type=date]").fill("2026-12-24")
    if where == "home":
        page.get_by_role("navigation").get_by_role("button", name="4 unread").click()
    said = priya.sees('when {"one"', priya.conversation)
    state = json.loads(re.search(r"\{.*\}", said.inner_text(), re.DOTALL)[0])  # type: ignore[index]
    assert state["one"]["value"] == "red"
    assert [one["value"] for one in state["some"]] == ["uno", "dos"]
    assert state["either"]["value"] == "right"
    assert (state["when"], state["who"]) == ("2026-12-24", "U00000002")
    assert state["team"] == ["U00000003", "U00000006"]


@GALLERY
def test_a_form_that_its_own_buttons_change(visit: Visit) -> None:
    priya = visit()
    priya.type("/steps")
    form = priya.modal
    form.get_by_label("Kept").fill("ab")
    priya.press("Save", form)
    expect(form.get_by_text("2 characters, allowed are 3 to 3000")).to_be_visible()
    form.get_by_label("Kept").fill("abc")
    priya.press("Longer", form)
    expect(form.get_by_text("Now it is longer.")).to_be_visible()
    expect(form.get_by_label("Kept")).to_have_value("abc")
    form.get_by_label("Loud").fill("Hey")
    form.get_by_label("Loud").press("Enter")
    expect(form.get_by_text("I heard Hey.")).to_be_visible()
    expect(form.get_by_label("Loud")).to_have_value("Hey")
    # Typing goes on while the form changes.
    form.get_by_label("Letters").press_sequentially("letters", delay=150)
    expect(form.get_by_text("I heard letters.")).to_be_visible()
    expect(form.get_by_label("Letters")).to_have_value("letters")
    priya.snap("26-changed-form")
    priya.press("Cancel", priya.modal)
    expect(priya.modal).to_be_hidden()


@GALLERY
def test_names_after_a_command_reach_the_app_as_ids(visit: Visit) -> None:
    priya = visit()
    priya.type("/escaped ask @Fiona Feld")
    said = priya.conversation.get_by_role("article").last
    expect(said.locator("code")).to_have_text("ask <@U00000003|fiona.feld>")


@GALLERY
def test_a_broken_limit_is_shown_in_red(visit: Visit) -> None:
    priya = visit()
    priya.type("/long")
    expect(priya.page.get_by_label("1 broken limit")).to_be_visible()
    broken = visit.inspect().locator(".breach")
    expect(broken).to_contain_text("chat.postMessage: invalid_blocks")
    expect(broken).to_contain_text("must be less than 151 characters")
    expect(broken).to_have_css("color", "rgb(192, 19, 67)")
    visit.breaches = 1


@HALF_DONE
def test_on_a_phone_and_in_the_dark(visit: Visit) -> None:
    victor = visit("Victor Vance", width=390, height=800, dark=True)
    page = victor.page
    expect(victor.conversation.get_by_role("heading", name="Kickoff: Streaming feed")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    victor.snap("30-phone-channel")
    page.get_by_role("button", name="Channels", exact=True).click()
    expect(page.get_by_role("navigation").get_by_role("button").filter(has_text="Threads")).to_be_visible()
    victor.snap("31-phone-sidebar")
    victor.go("streaming-platform")
    victor.open_own_thread()
    victor.sees("In how many months")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    victor.snap("32-phone-thread")
    page.get_by_role("button", name="Close thread").click()
    victor.type("/ml-kickoff")
    expect(victor.modal.get_by_label("Project name")).to_be_visible()
    victor.snap("33-phone-form")


@HALF_DONE
def test_windows_of_two_people_side_by_side(visit: Visit) -> None:
    victor, fiona = visit("Victor Vance"), visit("Fiona Feld")
    victor.go("general")
    fiona.go("general")
    victor.go("streaming-platform")
    fiona.type("Lunch?")
    entry = victor.page.get_by_role("navigation").get_by_role("button").filter(has_text="general")
    expect(entry.get_by_label("1 unread")).to_be_visible()
    victor.go("general")
    expect(entry.get_by_label("1 unread")).to_be_hidden()
    # A private channel is seen by its members alone; a window is somebody's, even after it is loaded anew.
    expect(victor.page.get_by_role("button", name="finance")).to_be_visible()
    victor.act_as("Omar Okafor")
    expect(victor.page.get_by_role("button", name="finance")).to_be_hidden()
    victor.page.reload()
    expect(victor.page.get_by_text("Acting as Omar Okafor")).to_be_visible()
    expect(fiona.page.get_by_text("Acting as Fiona Feld")).to_be_visible()


@HALF_DONE
def test_the_keyboard_is_enough(visit: Visit) -> None:
    priya = visit()
    priya.conversation.get_by_role("textbox").focus()
    keys = priya.page.keyboard
    keys.type("/ml-kickoff st")
    expect(priya.page.get_by_role("option").filter(has_text="how far each is, and what comes next")).to_be_visible()
    keys.press("Tab")
    keys.press("Enter")
    priya.sees("Only visible to you", priya.conversation)
    focused = "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
    seen = set()
    for _ in range(60):
        keys.press("Tab")
        seen.add(str(priya.page.evaluate(focused)).strip())
    for reachable in ("Skip ahead", "Act as somebody else", "Inspector", "Send"):
        assert reachable in seen


@HALF_DONE
def test_start_anew_at_a_stage(visit: Visit) -> None:
    priya = visit()
    priya.page.get_by_role("button", name="Start anew").click()
    priya.page.get_by_role("menuitem", name="Six weeks in").click()
    expect(priya.conversation.get_by_text("6 entries")).to_be_visible(timeout=30_000)
    priya.snap("40-six-weeks-in")
    priya.page.get_by_role("button", name="Start anew").click()
    priya.page.get_by_role("menuitem", name="Empty workspace").click()
    expect(priya.conversation.get_by_role("article")).to_have_count(0)


def test_a_state_is_kept_between_starts(tmp_path: Path, browser: Browser) -> None:
    options = ("--state", str(tmp_path / "kept.db"))
    with Playground(*options, "--stage", "just started") as first, Visit(browser, first.address) as visit:
        priya = visit()
        priya.page.get_by_role("button", name="Skip ahead").click()
        priya.page.get_by_role("menuitem", name="A day").click()
        priya.open_own_thread()
        priya.reply("increase the time users spend on the platform by at least 15%")
        priya.sees("I read this as")
    with Playground(*options) as second, Visit(browser, second.address) as visit:
        priya = visit()
        priya.open_own_thread()
        priya.press("Yes, that's right")
        priya.sees("another goal")
