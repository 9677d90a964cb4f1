"""The questions that kickoffs ask: the built-in ones, changed as a team's own file says."""

from bot.settings import Settings
from flows.question_bank import BANK
from flows.questions import QuestionSet


def read_questions(settings: Settings) -> QuestionSet:
    """The effective questions."""
    return BANK
