"""A real browser before the playground's page: Debian's Chromium, driven by Playwright."""

import multiprocessing
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.processes import fork, run_gallery, run_playground

_GALLERY = "gallery"
GALLERY = pytest.mark.parametrize("address", [_GALLERY], indirect=True)
"""With an app that shows one of everything, in place of ours."""

PICTURES = Path(__file__).parents[2] / "screenshots"
# The one without windows draws the same pages in a third of the time.
_CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
_INSTALL = "apt-get install chromium-headless-shell"
_QUIETLY = ("--port", "0", "--no-browser")
_SHOWN_IN_TIME = 10_000
# The page counts broken limits twice a second.
_COUNTED_IN_TIME = 600


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium; in CI it must be there.

    Playwright occupies this thread's event loop as long as it runs, so it has to end before other tests want theirs.
    """
    chromium = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail(f"no Chromium was found, and CI has to have one: {_INSTALL}")
        pytest.skip(f"no Chromium was found; to run these tests too: {_INSTALL}")
    expect.set_options(timeout=_SHOWN_IN_TIME)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        yield launched
        launched.close()


class Playground:
    """A playground's process: `ml-kickoff playground` with these options, stopped as people stop it."""

    def __init__(self, *options: str) -> None:
        command = [sys.executable, "-m", "bot", "playground", *_QUIETLY, *options]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
        assert self._process.stdout is not None
        self._said = self._process.stdout
        self.address = _find_address(self._said.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._said:
            self._process.terminate()
            assert self._process.wait(20) == 0


def _find_address(said: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert found, said
    return found[0]


@pytest.fixture
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a playground's page is, one with these options; or the gallery's."""
    wanted = getattr(request, "param", ())
    hearing, saying = multiprocessing.Pipe(duplex=False)
    with hearing, saying:
        process = (
            fork(run_gallery, saying) if wanted == _GALLERY else fork(run_playground, saying, (*_QUIETLY, *wanted))
        )
        saying.close()
        with open(hearing.fileno(), encoding="utf-8", closefd=False) as said:
            yield _find_address(said.readline())
    # What it would keep is of no use any more.
    process.kill()
    process.join()


@dataclass
class Visitor:
    """One browser window, and who acts in it."""

    page: Page
    name: str

    def act_as(self, name: str) -> None:
        self.page.get_by_role("button", name="Act as somebody else").click()
        self.page.get_by_role("menuitem").filter(has_text=name).click()
        expect(self.page.get_by_text(f"Acting as {name}")).to_be_attached()
        self.name = name

    def go(self, place: str) -> None:
        self.page.get_by_role("navigation").get_by_role("button").filter(has_text=place).click()
        expect(self.conversation.get_by_role("heading", level=1).first).to_contain_text(place)

    @property
    def conversation(self) -> Locator:
        return self.page.get_by_role("region", name="Conversation")

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("complementary", name="Thread")

    @property
    def modal(self) -> Locator:
        return self.page.get_by_role("dialog").locator(".modal-blocks").locator("xpath=..")

    def type(self, words: str) -> None:
        """Write in the channel and send it."""
        box = self.conversation.get_by_role("textbox")
        box.fill(words)
        box.press("Enter")

    def reply(self, words: str) -> None:
        """Write in the open thread and send it."""
        box = self.thread.get_by_role("textbox")
        box.fill(words)
        box.press("Enter")

    def press(self, button: str, where: Locator | None = None) -> None:
        """Press the newest button of this name."""
        (where or self.thread).get_by_role("button", name=button, exact=True).last.click()

    def sees(self, words: str, where: Locator | None = None) -> Locator:
        shown = (where or self.thread).get_by_text(words).last
        expect(shown).to_be_visible()
        return shown

    def open_own_thread(self) -> None:
        mentions = self.conversation.get_by_role("article").filter(has_text=re.compile(rf"\d\d:\d\d@{self.name}"))
        mentions.first.locator(".replies").click()
        expect(self.thread).to_be_visible()

    def pick(self, label: str, option: str) -> None:
        """Choose in a menu with search."""
        menu = self.modal.get_by_role("combobox", name=label, exact=True)
        menu.click()
        menu.fill(option)
        self.page.get_by_role("option", name=option).click()

    def snap(self, name: str) -> None:
        """Keep a picture of what is to be seen."""
        PICTURES.mkdir(exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator["Visit"]:
    with Visit(browser, address) as visits:
        yield visits


class Visit:
    """Opens windows onto the playground; at the end none may have met an error, and no limit of Slack's is broken.

    Attributes:
        breaches: How many limits the test itself breaks.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.trouble: list[str] = []
        self.breaches = 0

    def __call__(
        self, name: str = "Priya Patel", *, width: int = 1280, height: int = 800, dark: bool = False
    ) -> Visitor:
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(_SHOWN_IN_TIME)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", lambda said: self.trouble.append(said.text) if said.type == "error" else None)
        page.goto(self.address)
        visitor = Visitor(page, "Priya Patel")
        if name != visitor.name:
            visitor.act_as(name)
        return visitor

    def __enter__(self) -> Self:
        return self

    def _count_breaches(self) -> None:
        """Look at the number of broken limits on a window that is still open."""
        open_pages = [page for context in self._contexts for page in context.pages]
        page = open_pages[-1] if open_pages else self().page
        page.wait_for_timeout(_COUNTED_IN_TIME)
        badge = page.get_by_role("button", name="Inspector").locator(".badge")
        if self.breaches:
            expect(badge).to_have_text(str(self.breaches))
        else:
            expect(badge).to_be_hidden()

    def inspect(self) -> Locator:
        """What the inspector shows, in a window of its own; broken limits stand on top."""
        page = self().page
        page.get_by_role("button", name="Inspector").click()
        wire = page.get_by_role("complementary", name="Inspector")
        expect(wire).to_be_visible()
        return wire

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self._count_breaches()
                assert self.trouble == []
        finally:
            for context in self._contexts:
                context.close()
