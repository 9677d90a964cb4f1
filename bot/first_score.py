"""A project's score: two numbers in the channel with their ranges, the work they stand for, and the next step."""

from bot.blocks import Block, Button, Words, actions, header, quote, section, words
from bot.brevity import cut_sentences, cut_words
from bot.premortem_messages import LOOK_BACK, OPEN
from flows.kickoffs import Kickoff
from flows.scoring.draws import say_roughly
from flows.scoring.heard import hear
from flows.scoring.project_score import Score, score_project
from flows.scoring.scales import UNCALIBRATED, Calibration, Scale

REASONS = "score.reasons"
DIAL = "score.dial"
ASK_NEXT = "score.ask_next"

_NEXT_STEP = 16
_END = 99.5
_NAME_WORDS = 6
_TOP_WORDS = 12


def draw_score(kickoff: Kickoff, *, top: str = "", calibration: Calibration = UNCALIBRATED) -> Words:
    """Impact and cost in numbers, with the next step; `top` is a line above them."""
    score = score_project(hear(kickoff), calibration)
    key = str(kickoff.id)
    blocks: list[Block] = [
        *([section(cut_sentences(top, _TOP_WORDS))] if top else []),
        header(f"{cut_words(kickoff.name, _NAME_WORDS)}: a first score"),
        section("\n".join([say_scale("Impact", score.impact), f"{say_scale('Cost', score.cost)}{say_work(score)}"])),
        section(f"{_say_gate(score)}*Next:* {quote(cut_sentences(score.next_step, _NEXT_STEP))}"),
        actions(
            [
                Button("Why these numbers?", REASONS, key),
                Button("Turn the accuracy dial", DIAL, key),
                Button("Ask this next", ASK_NEXT, key),
                Button(LOOK_BACK, OPEN, key),
            ]
        ),
    ]
    summary = f"Impact {score.impact.p50:.0f} of 100, cost {score.cost.p50:.0f} of 100."
    return words(f"{quote(kickoff.name, 150)}: {summary}", blocks)


def say_scale(title: str, scale: Scale) -> str:
    """A place on a scale with its range: "*Impact: 51 of 100* (41 to 61)"; at its end, only that it is there."""
    if scale.p10 >= _END:
        return f"*{title}: off the scale*"
    return f"*{title}: {scale.p50:.0f} of 100* ({scale.p10:.0f} to {scale.p90:.0f})"


def say_work(score: Score) -> str:
    """The work that a cost stands for: ", 36 person-weeks (16 to 92)"."""
    weeks = score.person_weeks
    return f", {say_roughly(weeks.p50)} person-weeks ({say_roughly(weeks.p10)} to {say_roughly(weeks.p90)})"


def _say_gate(score: Score) -> str:
    return f":no_entry: *Not ranked yet:* {quote(score.gates[0].name)}.\n" if score.gates else ""
