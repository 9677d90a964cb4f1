"""`ml-kickoff questions check` and `export`."""

from pathlib import Path

import pytest

from bot.command_line import main
from flows import question_bank
from flows.question_file import read_question_file
from flows.questions import Kind, Option, Question, QuestionSet
from flows.roles import Role


def made(name: str, kind: Kind, **fields: object) -> Question:
    return Question.model_validate(
        {
            "id": name,
            "kind": kind,
            "label": f"About {name}",
            "wording": f"What of {name}?",
            "why": "It matters.",
            "roles": [Role.PRODUCT_OWNER],
            **fields,
        }
    )


WAYS = [Option(value="rules", label="Rules"), Option(value="people", label="People")]
BUILT_IN = QuestionSet(
    questions=(
        made("goal", Kind.OBJECTIVE, example="cut churn by 10 %"),
        made("more_goals", Kind.MORE_OBJECTIVES, example="none"),
        made("current_way", Kind.CHOICE, options=WAYS),
        made("data_exists", Kind.YES_NO),
        made("launch_date", Kind.DATE, example="1 May"),
    )
)
NEW = """
- id: team_size
  label: Team size
  kind: number
  wording: How many are you?
  why: It matters.
  roles: [finance]
  example: '7'
  unit: people
"""


@pytest.fixture(autouse=True)
def bank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_bank, "BANK", BUILT_IN)


def file_with(folder: Path, text: str) -> str:
    file = folder / "questions.yaml"
    file.write_text(f"questions:{text}", encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "No changes: the questions stay as they are built in."),
        ("\n- id: goal\n  why: Otherwise.", "1 change, all good: 1 reworded."),
        (NEW.replace("  kind", "  after: goal\n  kind"), "1 change, all good: 1 added."),
        (
            NEW + "- {id: goal, why: X, feeds: [risk]}\n- {id: data_exists, off: on}\n- {id: launch_date, after: goal}",
            "5 changes, all good: 1 added, 1 reworded, 1 changed otherwise, 1 switched off, 1 moved.",
        ),
    ],
)
def test_a_good_file_is_summed_up(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str) -> None:
    assert main(["questions", "check", file_with(tmp_path, text)]) == 0
    assert capsys.readouterr() == (f"{told}\n", "")


@pytest.mark.parametrize("action", ["check", "export"])
def test_each_mistake_is_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], action: str) -> None:
    file = file_with(tmp_path, f"\n- id: goal\n  wording: {'x' * 412}\n  roles: [financ]")
    assert main(["questions", action, file]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        f"{file}:3: wording: is 412 characters long. Cut it to 300.",
        f"{file}:4: roles: “financ” is no role. Did you mean finance?",
    ]


@pytest.mark.parametrize("text", ["", f"{NEW}- id: goal\n  after: more_goals\n- id: data_exists\n  off: true"])
def test_what_is_printed_is_a_file_for_the_same_questions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = file_with(tmp_path, text)
    assert main(["questions", "export", file] if text else ["questions", "export"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# The questions of the interviews")
    assert printed.endswith("\n")
    changed = read_question_file(Path(file).read_text(encoding="utf-8"), BUILT_IN)
    assert read_question_file(printed, BUILT_IN) == changed


def refusal(capsys: pytest.CaptureFixture[str], file: Path) -> str:
    assert main(["questions", "check", str(file)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    return told.err.strip().removeprefix(str(file))


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "questions.yaml"
    assert refusal(capsys, file) == " is not there. Check its path."
    assert refusal(capsys, tmp_path) == " cannot be read: Is a directory."
    file.write_bytes(b"questions:\n- id: caf\xe9")
    assert refusal(capsys, file) == ":2: file: is not in UTF-8. Save it in UTF-8."
    file.write_bytes(b"\xff" * 600_000)
    assert refusal(capsys, file) == ":1: file: is larger than 500 kB. Keep only what you change."


@pytest.mark.parametrize("arguments", [["questions"], ["questions", "check"], ["questions", "mend", "x"]])
def test_it_needs_an_action_and_a_file(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_the_page_about_questions_shows_a_file_that_works(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.undo()
    page = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
    shown = page.split("```yaml\nquestions:", 1)[1].split("```", 1)[0]
    assert main(["questions", "check", file_with(tmp_path, shown)]) == 0
    told = capsys.readouterr().out
    assert told in page
