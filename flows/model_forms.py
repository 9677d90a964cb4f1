"""The twelve forms of what a model can do, with what each one gives back and how it is measured (2.3.1; K39, K44)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """What a model can do; the values are those of the question `form`."""

    AUTOMATE = "automate"
    ALERT = "alert"
    ORGANIZE = "organize"
    ANNOTATE = "annotate"
    EXTRACT = "extract"
    RECOMMEND = "recommend"
    CLASSIFY = "classify"
    QUANTIFY = "quantify"
    SYNTHESIZE = "synthesize"
    ANSWER = "answer"
    TRANSFORM = "transform"
    DETECT_NOVELTY = "detect_novelty"


NO_FORM = "none"
"""The answer to the question `form` that no form fits."""


def find_form(value: object) -> Form | None:
    """The form that an answer names; None for "none of these" and for whatever else a team lets people choose."""
    return next((form for form in Form if form.value == value), None)


class Loss(StrEnum):
    """How the mistakes of a form are counted."""

    DECISION = "decision"
    NUMBER = "number"
    RANKING = "ranking"
    LIKELIHOOD = "likelihood"


@dataclass(frozen=True)
class Traits:
    """What is typical of a form.

    Attributes:
        does: What the model does, after "It".
        output: What it gives back for one case.
        reject: What it gives back when nothing that it knows fits (K44).
        missed: What a miss is.
        false_alarm: What a false alarm is.
        loss: How mistakes are counted.
        trained_with: The loss that a model of this form is usually trained with.
        metrics: Candidates for the performance metric, the usual one first.
    """

    does: str
    output: str
    reject: str
    missed: str
    false_alarm: str
    loss: Loss
    trained_with: str
    metrics: tuple[str, ...]

    @property
    def weighs_errors(self) -> bool:
        """Whether what a miss and a false alarm cost decides how the model is built."""
        return self.loss in {Loss.DECISION, Loss.NUMBER}


TRAITS: Mapping[Form, Traits] = {
    Form.AUTOMATE: Traits(
        does="acts by itself",
        output="an action",
        reject="do nothing and hand the case to a person",
        missed="a case in which it should have acted and did not",
        false_alarm="a case in which it acted and should not have",
        loss=Loss.DECISION,
        trained_with="weighted cross-entropy",
        metrics=("expected cost per case", "precision at the share of cases it handles", "share handled without help"),
    ),
    Form.ALERT: Traits(
        does="warns someone, or asks them what to do",
        output="a warning with a score, or silence",
        reject="ask a person to look, and say why",
        missed="a case without a warning that needed one",
        false_alarm="a warning that nobody needed",
        loss=Loss.DECISION,
        trained_with="weighted cross-entropy",
        metrics=("recall at the precision that people bear", "PR-AUC", "F1"),
    ),
    Form.ORGANIZE: Traits(
        does="puts things in a useful order",
        output="the things in order, the best first",
        reject="put what it cannot place last, under “Other”",
        missed="a good thing far down",
        false_alarm="a poor thing far up",
        loss=Loss.RANKING,
        trained_with="pairwise ranking loss",
        metrics=("NDCG@10", "mean reciprocal rank", "Kendall’s tau"),
    ),
    Form.ANNOTATE: Traits(
        does="adds notes or highlights",
        output="the notes, each with the place where it belongs",
        reject="add no note",
        missed="a place without the note that it needed",
        false_alarm="a note that does not belong there",
        loss=Loss.DECISION,
        trained_with="weighted cross-entropy for each word or region",
        metrics=("F1 over the marked places", "precision", "recall"),
    ),
    Form.EXTRACT: Traits(
        does="picks the parts that matter out of something longer",
        output="the parts, each with its kind and its place",
        reject="give back nothing",
        missed="a part that was left out",
        false_alarm="a part that does not matter, or has the wrong kind",
        loss=Loss.DECISION,
        trained_with="weighted cross-entropy for each word or region",
        metrics=("F1 over the exact parts", "recall", "precision"),
    ),
    Form.RECOMMEND: Traits(
        does="suggests things that someone may like",
        output="a short list of things, the best first",
        reject="suggest nothing, or what most people like",
        missed="a thing that they would have liked and did not see",
        false_alarm="a thing on the list that they do not want",
        loss=Loss.RANKING,
        trained_with="pairwise ranking loss",
        metrics=("NDCG@10", "recall@10", "a split test on the figure of the business"),
    ),
    Form.CLASSIFY: Traits(
        does="sorts things into groups with names",
        output="the name of a group, with a score for each",
        reject="“Other”, a group of its own",
        missed="a case that is missing from its group",
        false_alarm="a case that stands in the wrong group",
        loss=Loss.DECISION,
        trained_with="weighted cross-entropy",
        metrics=("macro F1", "recall of each group", "accuracy, if the groups are of like size"),
    ),
    Form.QUANTIFY: Traits(
        does="gives a number",
        output="a number, with the range in which it is likely to lie",
        reject="give no number when the range is too wide",
        missed="a number that is too low",
        false_alarm="a number that is too high",
        loss=Loss.NUMBER,
        trained_with="absolute or quantile loss",
        metrics=("mean absolute error", "quantile (pinball) loss", "share of cases within the agreed range"),
    ),
    Form.SYNTHESIZE: Traits(
        does="makes new text, pictures or sound",
        output="a new piece, marked as made by a machine",
        reject="decline, and say so",
        missed="a piece that nobody can use",
        false_alarm="a piece that does harm or says what is not true",
        loss=Loss.LIKELIHOOD,
        trained_with="negative log-likelihood",
        metrics=("share that people use unchanged", "share that people prefer to today’s way", "perplexity"),
    ),
    Form.ANSWER: Traits(
        does="answers a clear question about something",
        output="an answer, with a score",
        reject="“I cannot tell”",
        missed="a question with an answer that it did not find",
        false_alarm="a wrong answer",
        loss=Loss.DECISION,
        trained_with="weighted cross-entropy",
        metrics=("F1", "accuracy over the questions that it answers", "share of questions that it answers"),
    ),
    Form.TRANSFORM: Traits(
        does="turns one thing into another",
        output="the same thing in its new shape",
        reject="give back the original, marked as not handled",
        missed="something of the original that got lost",
        false_alarm="something that the original does not hold",
        loss=Loss.LIKELIHOOD,
        trained_with="negative log-likelihood, or reconstruction error for numbers",
        metrics=("share that people accept unchanged", "chrF for translations, ROUGE-L for summaries", "edit distance"),
    ),
    Form.DETECT_NOVELTY: Traits(
        does="spots what is new or odd",
        output="a score of how odd the case is",
        reject="“odd, of no known kind”",
        missed="an odd case that passed as usual",
        false_alarm="a usual case that was called odd",
        loss=Loss.DECISION,
        trained_with="negative log-likelihood of usual cases",
        metrics=("PR-AUC", "precision among the oddest 100", "recall at the number of cases that people can check"),
    ),
}
"""What is typical of each form."""

COUNTED_BY_GROUP = frozenset({Form.AUTOMATE, Form.ALERT, Form.CLASSIFY, Form.ANSWER, Form.DETECT_NOVELTY})
"""The forms for which the share of the commonest answer tells whether accuracy misleads (K24)."""
