"""Where a page easily goes wrong: menus that change under a choice, forms that are sent twice, markup that bites."""

import json
import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.conftest import GALLERY, Visit, Visitor

pytestmark = GALLERY


def newest(visitor: Visitor, words: str) -> Locator:
    said = visitor.conversation.get_by_role("article").last
    expect(said).to_contain_text(words)
    return said


def deliveries(visit: Visit, name: str) -> Locator:
    return visit.inspect().locator("summary").filter(has_text=name)


def test_menus_that_change_under_a_choice(visit: Visit) -> None:
    priya, victor = visit(), visit("Victor Vance")
    page = priya.page
    priya.type("/menus")
    shown = priya.conversation.get_by_role("article").last
    expect(shown.get_by_role("combobox", name="Elsewhere")).to_have_value("Found")
    expect(shown.get_by_role("combobox", name="Gone")).to_have_value("")
    shown.get_by_role("combobox", name="Changing").click()
    page.get_by_role("option", name="Blue").click()
    # Both windows go on, and a window that is loaded anew does as well.
    newest(priya, "Other colours now.")
    newest(victor, "Other colours now.")
    page.reload()
    shown = priya.conversation.get_by_role("article").filter(has=page.get_by_role("button", name="Slow"))
    changing = shown.get_by_role("combobox", name="Changing")
    expect(changing).to_have_value("")
    changing.click()
    expect(page.get_by_role("option", name="Yellow")).to_be_visible()
    page.keyboard.press("Escape")

    asked = shown.get_by_role("combobox", name="Asked")
    asked.click()
    page.get_by_role("option", name="Two").click()
    expect(page.get_by_text("It cannot be undone.")).to_be_visible()
    page.get_by_role("button", name="No", exact=True).click()
    expect(asked).to_have_value("")


def test_pickers_buttons_and_feedback(visit: Visit) -> None:
    priya = visit()
    page = priya.page
    priya.type("/menus")
    shown = priya.conversation.get_by_role("article").filter(has=page.get_by_role("button", name="Slow"))
    day = shown.locator("input[type=date]")
    day.focus()
    page.keyboard.type("12242026")
    page.keyboard.press("Enter")
    newest(priya, 'begins: {"type": "datepicker", "selected_date": "2026-12-24"}')
    shown.get_by_role("button", name="Good").click()
    newest(priya, 'rated: {"type": "feedback_buttons", "value": "good"}')
    expect(day).to_have_value("2026-12-24")
    shown.get_by_role("button", name="Bin it").click()
    newest(priya, 'binned: {"type": "icon_button", "value": "bin"}')
    shown.get_by_role("button", name="Slow").dblclick()
    newest(priya, "At last.")
    # A link is opened once it is confirmed, and not before.
    opened: list[Any] = []
    page.context.on("page", lambda other: opened.append(other))  # noqa: PLW0108 - Playwright marks what it calls
    shown.get_by_role("button", name="Linked").click()
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.get_by_text("It cannot be undone.")).to_be_hidden()
    assert opened == []
    # The day, the feedback, the icon and the slow button, each once.
    expect(deliveries(visit, "block_actions")).to_have_count(4)
    priya.snap("50-menus")


def test_a_form_keeps_what_cannot_be_sent(visit: Visit) -> None:
    priya, victor = visit(), visit("Victor Vance")
    priya.type("/notes")
    form = priya.modal
    first, second = form.get_by_label("Note").first, form.get_by_label("Note").nth(1)
    second.fill("taken")
    priya.press("Save", form)
    expect(form.locator(".input").first).to_contain_text("Please complete this required field.")
    expect(form.locator(".error")).to_have_count(1)
    expect(first).to_be_focused()
    first.fill("one")
    form.get_by_label("Number").fill("12")
    form.get_by_label("E-mail").fill("ada@nowhere")
    form.get_by_label("Rich").fill("Rich words")
    live = form.get_by_label("Live")
    live.fill("now")
    live.press("Enter")
    newest(victor, 'live: {"type": "plain_text_input", "value": "now"}')
    for _ in range(2):
        priya.press("Save", form)
        expect(form.get_by_text("12 is not between 1 and 9.")).to_be_visible()
        expect(form.get_by_text("ada@nowhere is no e-mail address.", exact=True)).to_be_visible()
        expect(form.get_by_label("Number")).to_have_value("12")
        expect(form.get_by_label("E-mail")).to_have_value("ada@nowhere")
        expect(form.get_by_label("Rich")).to_have_value("Rich words")
    priya.snap("51-a-form-with-complaints")
    form.get_by_label("Number").fill("7")
    form.get_by_label("E-mail").fill("ada@example.org")
    priya.pick("Conversation", "ML Kickoff")
    priya.press("Save", form)
    expect(form.locator(".input").nth(1)).to_contain_text("This note is taken.")
    second.fill("two")
    form.get_by_role("button", name="Save").dblclick()
    expect(form).to_be_hidden()
    values = json.loads(re.search(r"\{.*\}", newest(priya, "ada@example.org").inner_text(), re.DOTALL)[0])  # type: ignore[index]
    assert (values["first"], values["second"], values["Number"]) == ("one", "two", "7")
    assert values["Conversation"].startswith("D")
    assert values["Rich"]["elements"][0]["elements"][0]["text"] == "Rich words"
    expect(deliveries(visit, "view_submission")).to_have_count(2)


def test_what_is_typed_outlives_what_happens(visit: Visit) -> None:
    priya, victor = visit(), visit("Victor Vance")
    priya.type("/notes")
    number = priya.modal.get_by_label("Number")
    number.fill("12")
    victor.type("Meanwhile")
    newest(priya, "Meanwhile")
    expect(number).to_have_value("12")
    number.press("Escape")
    expect(priya.modal).to_be_hidden()


def test_markup_that_bites(visit: Visit) -> None:
    priya = visit()
    priya.type("/markup")
    shown = priya.conversation.get_by_role("article")
    expect(shown.get_by_text(":<img src=x onerror=document.title='PWNED'>:")).to_be_visible()
    expect(shown.get_by_role("button", name=":<b>x</b>: 1")).to_be_visible()
    expect(shown.get_by_role("link", name="A title")).to_have_attribute("href", "https://example.org")
    expect(shown.locator(".attachment strong", has_text="Old")).to_be_visible()
    expect(shown.locator(".attachment").get_by_text("New style")).to_be_visible()
    priya.snap("52-attachments")
    file = str(shown.get_by_role("link", name="page.html").get_attribute("href"))
    answer = priya.page.request.get(f"{visit.address}{file}")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert priya.page.request.get(visit.address, headers={"Host": "evil.example"}).status == 400
    # What the address names is only taken where it is one of the person's own places.
    priya.page.goto(f"{visit.address}/?at=x');document.title='PWNED';('")
    expect(priya.conversation.get_by_role("heading", level=1)).to_contain_text("#")
    priya.act_as("Victor Vance")
    assert "PWNED" not in priya.page.title()


def test_a_reply_that_everyone_sees_is_read_at_once(visit: Visit) -> None:
    priya = visit()
    priya.type("/aloud")
    newest(priya, "Aloud")
    expect(priya.page.get_by_role("navigation").get_by_label("unread")).to_have_count(0)
    priya.snap("53-aloud")
