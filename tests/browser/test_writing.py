"""Writing on the page: nothing typed is lost, commands work as in Slack, and messages change as their author means."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import GALLERY, Visit, Visitor

pytestmark = GALLERY


def newest(visitor: Visitor, words: str) -> None:
    expect(visitor.conversation.get_by_role("article").last).to_contain_text(words)


def reply_in_thread(visitor: Visitor, words: str) -> None:
    message = visitor.conversation.get_by_role("article").filter(has_text=words).last
    message.hover()
    message.get_by_role("button", name="Reply in thread").click()
    expect(visitor.thread).to_be_visible()


def test_nothing_typed_is_lost(visit: Visit) -> None:
    priya = visit()
    page, box = priya.page, priya.conversation.get_by_role("textbox")
    box.focus()
    # All at once: the page hears of it only afterwards.
    page.evaluate(
        """() => {
            const box = document.activeElement;
            const put = (text) => { box.value += text; box.dispatchEvent(new Event('input', {bubbles: true})); };
            put('one');
            box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true}));
            put('two three');
        }"""
    )
    newest(priya, "one")
    expect(box).to_have_value("two three")
    # Drafts stay where they were written.
    priya.go("general")
    expect(box).to_have_value("")
    priya.go("streaming-platform")
    expect(box).to_have_value("two three")
    reply_in_thread(priya, "one")
    priya.thread.get_by_role("textbox").fill("half a reply")
    expect(box).to_have_value("two three")
    page.get_by_role("button", name="Close thread").click()
    priya.act_as("Victor Vance")
    expect(box).to_have_value("")
    priya.act_as("Priya Patel")
    reply_in_thread(priya, "one")
    expect(priya.thread.get_by_role("textbox")).to_have_value("half a reply")
    # Slack takes no commands in threads, and nothing is posted.
    priya.reply("/gallery")
    expect(page.get_by_text("/gallery is not supported in threads. Sorry!")).to_be_visible()
    expect(priya.thread.get_by_role("textbox")).to_have_value("/gallery")
    expect(priya.thread.get_by_role("article")).to_have_count(1)

    box.fill("/gal")
    expect(page.get_by_role("option", name="/gallery")).to_be_visible()
    expect(box).to_have_attribute("aria-activedescendant", re.compile("c"))
    priya.thread.get_by_role("textbox").focus()
    expect(page.get_by_role("option")).to_have_count(0)
    box.fill("/gallery of what there is")
    box.press("Tab")
    expect(box).to_have_value("/gallery of what there is")


def test_inviting(visit: Visit) -> None:
    priya = visit()
    page, box = priya.page, priya.conversation.get_by_role("textbox")
    members = priya.conversation.locator(".head")
    page.get_by_role("navigation").get_by_role("button").filter(has_text="ML Kickoff").last.click()
    expect(priya.conversation.get_by_role("heading", name="ML Kickoff", exact=True)).to_be_visible()
    box.fill("/invite @Fiona Feld")
    box.press("Enter")
    expect(page.get_by_text("Nobody can be invited into a direct message.")).to_be_visible()
    expect(box).to_have_value("/invite @Fiona Feld")
    priya.act_as("Victor Vance")
    priya.go("finance")
    expect(members).to_contain_text("3 members")
    box.fill("/invite @Pri")
    expect(page.get_by_role("option", name="Priya Patel")).to_be_visible()
    box.press("Enter")
    expect(box).to_have_value("/invite @Priya Patel ")
    box.press("Enter")
    newest(priya, "@Priya Patel has joined the channel")
    expect(members).to_contain_text("4 members")
    wire = visit.inspect()
    wire.locator("summary").filter(has_text="member_joined_channel").first.click()
    expect(wire.get_by_text('"inviter"').first).to_be_visible()
    priya.type("/invite @Priya Patel")
    expect(page.get_by_text("Priya Patel is in #finance already.")).to_be_visible()


def edit(visitor: Visitor, before: str, after: str) -> None:
    message = visitor.conversation.get_by_role("article").last
    message.hover()
    message.get_by_role("button", name="Edit this message").click()
    box = visitor.page.get_by_role("textbox", name="Message", exact=True)
    expect(box).to_have_value(before)
    box.fill(after)
    visitor.page.get_by_role("button", name="Save").click()


def test_messages_change_as_their_author_means(visit: Visit) -> None:
    priya, victor = visit(), visit("Victor Vance")
    priya.type("*One* & <two> @Victor Vance")
    newest(victor, "One & <two> @Victor Vance")
    edit(priya, "*One* & <two> @Victor Vance", "*One* & <two> three @Victor Vance")
    newest(victor, "One & <two> three @Victor Vance")
    edit(priya, "*One* & <two> three @Victor Vance", "*Four*")
    expect(victor.conversation.get_by_role("article").last.locator("strong")).to_have_text("Four")

    # A reply that is deleted leaves nothing; a head that is deleted takes its open thread with it.
    reply_in_thread(victor, "Four")
    victor.reply("Yes")
    victor.reply("Indeed")
    first = victor.thread.get_by_role("article").filter(has_text="Yes")
    first.hover()
    first.get_by_role("button", name="Delete this message").click()
    expect(first).to_have_count(0)
    expect(victor.conversation.get_by_text("This message was deleted.")).to_have_count(0)
    victor.type("Alone")
    newest(priya, "Alone")
    reply_in_thread(priya, "Alone")
    alone = victor.conversation.get_by_role("article").last
    alone.hover()
    alone.get_by_role("button", name="Delete this message").click()
    expect(priya.thread).to_be_hidden()


def test_reactions_are_taken_back_by_keyboard(visit: Visit) -> None:
    priya = visit()
    priya.type("Hello")
    newest(priya, "Hello")
    focused = "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
    reached = []
    for _ in range(12):
        priya.page.keyboard.press("Shift+Tab")
        reached.append(str(priya.page.evaluate(focused)).strip())
    for action in ("Reply in thread", "Add a reaction", "Edit this message", "Delete this message"):
        assert action in reached
    message = priya.conversation.get_by_role("article").last
    message.hover()
    message.get_by_role("button", name="Add a reaction").click()
    priya.page.get_by_role("menuitem", name="🎉").click()
    chip = message.get_by_role("button", name="🎉 1")
    expect(chip).to_have_attribute("aria-pressed", "true")
    chip.press("Enter")
    expect(chip).to_have_count(0)
