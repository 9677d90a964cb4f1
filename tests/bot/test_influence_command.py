"""`ml-kickoff influence check`, `export` and `draw`."""

from pathlib import Path

import pytest

from bot.app import create_app, system_clock
from bot.command_line import main
from bot.influence_commands import effective_graph
from bot.settings import Settings
from flows.influence import GRAPH
from flows.influence_file import read_influence_file
from flows.question_bank import BANK

PAGE = (Path(__file__).parents[2] / "docs" / "influence.md").read_text(encoding="utf-8")
SHOWN = PAGE.split("```yaml\n", 1)[1].split("```", 1)[0]


def file_with(folder: Path, text: str) -> Path:
    file = folder / "influence.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_page_shows_a_file_that_works(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["influence", "check", str(file_with(tmp_path, SHOWN))]) == 0
    assert capsys.readouterr().out in PAGE


def test_the_page_shows_mistakes_as_they_are_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = "factors:\n- id: ad_load\n  reach: 30\n\n\nlinks:\n\n- from: ad_load\n  to: ad_revenu"
    file = file_with(tmp_path, text)
    assert main(["influence", "check", str(file)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.replace(str(file), "influence.yaml") in PAGE


def test_a_file_that_changes_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["influence", "check", str(file_with(tmp_path, ""))]) == 0
    assert capsys.readouterr().out == "No changes: what moves what stays as it is built in.\n"


def test_one_change_is_told_as_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["influence", "check", str(file_with(tmp_path, "factors:\n- {id: churn, watch: off}"))]) == 0
    assert capsys.readouterr().out == "1 change, all good: 1 factor changed.\n"


@pytest.mark.parametrize("text", ["", SHOWN])
def test_what_is_printed_is_a_file_for_the_same_graph(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str
) -> None:
    file = file_with(tmp_path, text)
    assert main(["influence", "export", str(file)] if text else ["influence", "export"]) == 0
    assert read_influence_file(capsys.readouterr().out, GRAPH) == effective_graph(file)


def test_a_part_of_it_is_drawn(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = file_with(tmp_path, SHOWN)
    assert main(["influence", "draw", "seats_sold", "--file", str(file)]) == 0
    drawn = capsys.readouterr().out.splitlines()
    assert drawn[0] == "flowchart LR"
    assert '    ticket_price -->|"−0.8"| seats_sold' in drawn
    assert main(["influence", "draw"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1 + len(GRAPH.factors) + len(GRAPH.edges)


def test_a_name_that_is_not_known_is_not_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["influence", "draw", "ad_revenu"]) == 2
    assert capsys.readouterr().err == "“ad_revenu” is no factor. Did you mean ad_revenue?\n"


async def test_the_app_has_the_graph_with_the_file_laid_over_it(tmp_path: Path) -> None:
    settings = Settings(
        slack_bot_token="xoxb-1",
        database_url=f"sqlite:///{tmp_path}/kickoff.db",
        influence_file=file_with(tmp_path, SHOWN),
    )
    app = create_app(settings, system_clock, BANK, effective_graph(settings.influence_file))
    try:
        assert "seats_sold" in app.graph.metric_ids
    finally:
        await app.close()
