"""The entries of a file of questions laid over a set: what is asked, in which order, and what hangs on what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flows.file_mistakes import Mistake, listed, meant, shown
from flows.question_checks import check
from flows.question_entries import Entry, answers
from flows.questions import Question, QuestionSet, When


def merge(entries: Iterable[Entry], base: QuestionSet, found: list[Mistake]) -> tuple[Question, ...]:
    """The questions in their order; what is wrong goes to `found`, and then they are of no use."""
    merging = _Merging({entry.id: entry for entry in entries}, base, found)
    merging.put_in_order()
    merging.check_conditions()
    return tuple(merging.questions[name] for name in merging.order if name in merging.questions)


@dataclass
class _Condition:
    question: Question
    index: int
    when: When


class _Merging:
    def __init__(self, entries: Mapping[str, Entry], base: QuestionSet, found: list[Mistake]) -> None:
        self._entries = entries
        self._base = base
        self._found = found
        self._off = {entry.id for entry in entries.values() if entry.off}
        self._in_order = True
        self.order: list[str] = []
        self.questions = {question.id: question for question in base.questions if question.id not in self._off}
        for entry in entries.values():
            question = check(entry, base, found)
            if question is not None and not entry.off:
                self.questions[entry.id] = question

    def put_in_order(self) -> None:
        """What is moved stands behind the question that it names, and what names it behind it in turn."""
        known = [question.id for question in self._base.questions if question.id not in self._off]
        ids = list(dict.fromkeys([*known, *(name for name in self._entries if name not in self._off)]))
        behind = self._behind(set(ids))
        first = [name for name in self._entries if name in ids and self._entries[name].first and name not in behind]
        followers: dict[str, list[str]] = {}
        for name, before in behind.items():
            followers.setdefault(before, []).append(name)
        leaders = list(dict.fromkeys([*first, *(name for name in ids if name not in behind)]))
        waiting = leaders[::-1]
        while waiting:
            name = waiting.pop()
            self.order.append(name)
            waiting.extend(reversed(followers.get(name, ())))

    def _behind(self, ids: set[str]) -> dict[str, str]:
        behind: dict[str, str] = {}
        for entry in self._entries.values():
            if entry.id not in ids or not entry.after:
                continue
            if entry.after in ids:
                behind[entry.id] = entry.after
            elif entry.after in self._off:
                self._misplaced(entry, f"{entry.after} is switched off", "Name a question that is asked.")
            else:
                self._misplaced(entry, f"{shown(entry.after)} is no question", meant(entry.after, sorted(ids)))
        for circle in _circles(behind):
            start = min(circle, key=lambda name: self._entries[name].line("after"))
            told = "itself" if len(circle) == 1 else listed(sorted(circle))
            self._misplaced(
                self._entries[start], f"goes round in a circle: {told}", "Name another question in one of them."
            )
            for name in circle:
                del behind[name]
        return behind

    def _misplaced(self, entry: Entry, problem: str, mend: str) -> None:
        self._in_order = False
        self._note(entry, ("after",), problem, mend)

    def check_conditions(self) -> None:
        """Each condition names an answer that can be given before."""
        place = {name: index for index, name in enumerate(self.order)}
        left: dict[str, list[str]] = {}
        for one in self._conditions():
            target = one.when.question
            if target in self._off:
                left.setdefault(target, []).append(one.question.id)
            elif target not in place:
                self._note(
                    self._entries[one.question.id],
                    ("when", one.index),
                    f"{shown(target)} is no question",
                    meant(target, self.order),
                )
            elif place[target] >= place[one.question.id]:
                self._too_late(one)
            elif target not in self._entries or self._entries[target].sound:
                self._check_values(one)
        for target, names in left.items():
            problem = (
                f"{target} cannot be switched off alone: {listed(names)} {'hangs' if len(names) == 1 else 'hang'} on it"
            )
            self._note(self._entries[target], ("off",), problem, "Switch off or change the when of those, too.")

    def _conditions(self) -> Iterable[_Condition]:
        for name in self.order:
            if name in self.questions and (name not in self._entries or self._entries[name].sound):
                question = self.questions[name]
                yield from (_Condition(question, index, when) for index, when in enumerate(question.when))

    def _too_late(self, one: _Condition) -> None:
        if not self._in_order:
            return
        name, target = one.question.id, one.when.question
        entry = self._entries.get(name)
        if entry is not None and "when" in entry.given:
            mend = f"Name a question that comes before {name}, or move {name} with after: {target}."
            self._note(entry, ("when", one.index), f"{target} is not asked before {name}", mend)
        elif entry is not None and (entry.after or entry.first):
            at = "after" if entry.after else "first"
            self._note(entry, (at,), f"puts {name} before {target}, on which it hangs", f"Put it behind {target}.")
        else:
            problem = f"puts {target} behind {name}, which hangs on it"
            self._note(self._entries[target], ("after",), problem, f"Move {name} as well, with after: {target}.")

    def _check_values(self, one: _Condition) -> None:
        name, target = one.question.id, self.questions[one.when.question]
        entry = self._entries.get(name)
        for index, value in enumerate(one.when.values):
            if value in target.values:
                continue
            if entry is not None and "when" in entry.given:
                problem = f"{shown(value)} is no answer to {target.id}"
                mend = meant(value, target.values) if target.values else "Name a question with options."
                self._note(entry, ("when", one.index, index), problem, mend)
                continue
            changed = self._entries[target.id]
            at = "options" if "options" in changed.given else "kind"
            problem = f"{shown(value)} is gone, but {name} hangs on it"
            self._note(
                changed, (at,), problem, f"Keep it, or change when of {name}; now there is: {answers(target.values)}."
            )

    def _note(self, entry: Entry, place: tuple[str | int, ...], problem: str, mend: str) -> None:
        self._found.append(Mistake(entry.line(*place), str(place[0]), problem, mend))


def _circles(behind: Mapping[str, str]) -> list[list[str]]:
    settled: set[str] = set()
    circles: list[list[str]] = []
    for start in behind:
        path: dict[str, None] = {}
        here = start
        while here in behind and here not in settled and here not in path:
            path[here] = None
            here = behind[here]
        if here in path:
            steps = list(path)
            circles.append(steps[steps.index(here) :])
        settled.update(path)
    return circles
