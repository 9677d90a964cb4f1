"""The charter, its files, the brief and the list of decisions, through the door."""

from io import BytesIO

from pypdf import PdfReader

from flows.charter import Charter
from flows.decisions import CharterKept
from playground.files import File
from playground.person import Person
from playground.records import Message
from storage import decisions
from tests.bot.conftest import COMMAND, FINANCES, OWNERS, Stage
from tests.bot.test_mentions import ask
from tests.bot.test_signing import keep_private


def versions(stage: Stage) -> list[int]:
    kickoff = stage.kickoffs()[0]
    lines = stage.started.app.database.run(lambda connection: decisions.of_kickoff(connection, kickoff.id))
    return [line.version for line in lines if isinstance(line, CharterKept)]


async def typed(stage: Stage, text: str, by: Person | None = None) -> str:
    reply = await (by or stage.priya).command(stage.channel, COMMAND, text)
    await stage.all_is_sent()
    return reply.text


def canvas(stage: Stage) -> str:
    (found,) = stage.slack.workspace.canvases.tabbed_in(stage.channel.id)
    return found.markdown


async def exported(stage: Stage, text: str) -> list[File]:
    """The files that come in a direct message."""
    before = [one.ts for one in stage.slack.workspace.messages(stage.priya.dm)]
    assert "I send it to you" in await typed(stage, text)
    new: list[Message] = [one for one in stage.slack.workspace.messages(stage.priya.dm) if one.ts not in before]
    return [stage.slack.workspace.files.file(file) for one in new for file in one.files]


async def finished(stage: Stage) -> Message:
    await stage.start(Product_owner=stage.priya, Finance=stage.fiona)
    await stage.play(stage.priya, OWNERS)
    last = await stage.play(stage.fiona, FINANCES)
    await stage.fiona.sees("a first score", channel=stage.channel)
    await stage.all_is_sent()
    return last


async def test_the_charter_is_a_canvas_with_versions_of_what_changed(stage: Stage) -> None:
    last = await finished(stage)
    said = await typed(stage, "charter")
    assert said.startswith("Version 1 of the charter is ")
    assert "% complete. Missing: " in said
    assert "from <@U" in said
    assert "as a canvas where Slack has them" in said
    assert canvas(stage).startswith("# Churn radar\n")
    assert f"![](@{stage.priya.id})" in canvas(stage)

    assert "Version 1 " in await typed(stage, "charter", stage.fiona)
    assert "Version 1 " in await typed(stage, "export json")
    assert versions(stage) == [1]

    again = await stage.reopen(stage.fiona, last, "€80,000")
    await stage.fiona.say(stage.channel, "€90,000", thread=await stage.opening(stage.fiona))
    await stage.submit(stage.fiona, again)
    await stage.fiona.sees("Brought up to date.", channel=stage.channel)
    await stage.all_is_sent()
    said = await typed(stage, "charter")
    assert said.startswith("Version 2 of the charter is ")
    assert "Changed: " in said
    assert "90,000" in said
    assert "90,000" in canvas(stage)
    assert versions(stage) == [1, 2]


async def test_a_goal_that_becomes_private_is_no_longer_on_the_canvas(stage: Stage) -> None:
    await finished(stage)
    await typed(stage, "charter")
    assert "cloud bill" in canvas(stage)
    await keep_private(stage, stage.fiona)
    assert "cloud bill" not in canvas(stage)
    assert versions(stage) == [1, 2]


async def test_it_is_exported_in_each_format_with_names(stage: Stage) -> None:
    await finished(stage)
    pdf, markdown, json = await exported(stage, "export")
    assert [one.name for one in (pdf, markdown, json)] == [
        f"charter-churn-radar-v1.{end}" for end in ("pdf", "md", "json")
    ]
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content or b"")).pages).split())
    written = (markdown.content or b"").decode()
    for read in (text, written):
        assert "Priya Patel" in read
        assert stage.priya.id not in read
        assert stage.fiona.id not in read
    assert Charter.from_json((json.content or b"").decode()).title == "Churn radar"
    assert [one.name for one in await exported(stage, "export pdf for Churn radar")] == ["charter-churn-radar-v1.pdf"]
    assert [one.name for one in await exported(stage, "export MARKDOWN")] == ["charter-churn-radar-v1.md"]
    assert (
        await typed(stage, "export doc")
        == "I can export as pdf, md or json. Type for example `/ml-kickoff export pdf`."
    )
    assert versions(stage) == [1]


async def test_without_canvases_it_is_a_file_and_without_files_a_message(stage: Stage) -> None:
    stage.slack.workspace.canvases.plan = "without canvases"
    await finished(stage)
    await typed(stage, "charter")
    (shared,) = [one for one in stage.slack.workspace.messages(stage.channel) if one.files]
    assert stage.slack.workspace.files.file(shared.files[0]).name == "charter-churn-radar-v1.md"
    assert "Priya Patel" in (stage.slack.workspace.files.file(shared.files[0]).content or b"").decode()
    stage.slack.workspace.files.taken = "none"
    await typed(stage, "charter")
    assert stage.said("`/ml-kickoff export` sends it to you")
    await typed(stage, "export pdf")
    assert stage.said("Slack takes no files here", stage.priya.dm)


async def test_which_project_is_meant(stage: Stage) -> None:
    for verb in ("charter", "export", "brief", "decisions", "balance"):
        assert "no kickoff" in (await typed(stage, verb)).casefold()
    await stage.start(name="Churn radar", Finance=stage.fiona)
    await stage.start(name="Price guard", Finance=stage.fiona)
    await stage.all_is_sent()
    for verb in ("charter", "export pdf", "brief", "decisions", "balance"):
        assert "Which project do you mean" in await typed(stage, verb)
        assert "nothing" in await typed(stage, f"{verb} for nothing")
    assert "Version 1 of the charter" in await typed(stage, "charter for price guard")
    (card,) = stage.cards("Churn radar")
    answer = await ask(stage, "charter", card)
    assert "Version 1 of the charter" in answer.words()
    assert answer.thread_ts == card.ts
    titles = [one.title for one in stage.slack.workspace.canvases.tabbed_in(stage.channel.id)]
    await stage.all_is_sent()
    assert titles[0] == "Charter: Price guard"


async def test_the_brief_opens_and_is_posted(stage: Stage) -> None:
    await finished(stage)
    assert await typed(stage, "brief") == ""
    form = await stage.priya.view("Brief")
    assert await stage.priya.submit(form) is None
    posted = await stage.fiona.sees("Churn radar", channel=stage.channel)
    await stage.all_is_sent()
    posted = [one for one in stage.slack.workspace.messages(stage.channel) if one.by_app][-1]
    assert all(block["text"]["text"] in posted.words() for block in form.blocks[1:3])
    answer = await ask(stage, "brief for Churn radar", posted)
    await stage.fiona.press(answer, "Brief") if answer.only_for == stage.fiona.id else await stage.priya.press(
        answer, "Brief"
    )
    assert (await stage.priya.view("Brief")).title == "Brief"


async def test_decisions_can_be_read_and_hide_votes(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.finish_all()
    await stage.priya.sees("a first score", channel=stage.channel)
    assert await typed(stage, "decisions") == ""
    view = await stage.priya.view("Decisions")
    assert "Nothing has been decided yet." in str(view.blocks)
    await stage.priya.close(view)
    board = await stage.priya.sees(": goals side by side", channel=stage.channel)
    await stage.priya.press(board, "Find a balance")
    round_ = await stage.priya.sees("how to balance the goals", channel=stage.channel)
    await stage.slack.quiet()
    await stage.fiona.press(round_, "Rank them in private")
    ballot = await stage.fiona.view("Rank the options")
    first = next(block for block in ballot.blocks if block.get("block_id") == "place0")
    label = first["element"]["options"][0]["text"]["text"]
    assert await stage.fiona.submit(ballot, {"Your first choice": label, "Why?": "my own secret"}) is None
    answer = await ask(stage, "decisions", round_)
    await stage.priya.press(answer, "Decisions")
    said = str((await stage.priya.view("Decisions")).blocks)
    assert "Round 1 of votes began, for" in said
    assert f"{stage.fiona.mention} voted in round 1." in said
    assert "secret" not in said
    assert label not in said
