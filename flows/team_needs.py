"""The people that a goal needs against those who are named: jobs, labelling, life in use (2.4; K2, K48 to K53)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from flows.decisions import Decision, JobNamed
from flows.facts import CurrentWay, LabelSource
from flows.kickoffs import Kickoff
from flows.roles import Role
from flows.shown import Shown
from flows.wishes import say_number


class JobState(StrEnum):
    """Whether somebody does a job."""

    NAMED = "named"
    SAID = "said"
    OPEN = "open"


@dataclass(frozen=True)
class Job:
    """A job that this goal needs.

    Attributes:
        key: Names it: "ml_engineer", "duty:validate", "care:watcher".
        name: What it is called.
        why: Why this goal needs it, with people's own answers.
        risk: What usually happens where nobody does it, to be read after "If nobody does,".
        people: Slack user ids of those who do it.
        state: NAMED with people; SAID where an answer says that somebody does it, not who; else OPEN.
    """

    key: str
    name: str
    why: str
    risk: str
    people: tuple[str, ...] = ()
    state: JobState = JobState.OPEN


@dataclass(frozen=True)
class Team:
    """All that a goal needs of people.

    Attributes:
        jobs: The jobs of 2.4.2 that it needs.
        duties: The four duties of labelling, where people label; else empty.
        care: Who puts it into use, watches it and maintains it.
        shared: Slack user ids of those with more than one job, in a company in which each is a job of its own.
        is_large: Whether so many teams work together that each job is taken to be a person's own.
        data: How ready the data is for the team, in a sentence (K51).
        culture: What the team's culture brings and risks, in a sentence or two (K48).
    """

    jobs: tuple[Job, ...]
    duties: tuple[Job, ...]
    care: tuple[Job, ...]
    shared: tuple[str, ...]
    is_large: bool
    data: str
    culture: str

    @property
    def every(self) -> tuple[Job, ...]:
        """Jobs, duties and care."""
        return (*self.jobs, *self.duties, *self.care)

    @property
    def open_jobs(self) -> tuple[Job, ...]:
        """Those that nobody does."""
        return tuple(one for one in self.every if one.state is JobState.OPEN)


_LARGE = 4.0
"""Teams that must work together; from so many on a company is taken to have a person for each job (2.4.2)."""

_NAMES: Mapping[str, str] = {
    "data_scientist": "Data analyst or scientist",
    "ml_engineer": "ML engineer",
    "software_engineer": "Software engineer",
    "data_engineer": "Data engineer",
    "labelling_lead": "Labelling expert",
    "labeller": "Labeller",
    "tooling": "Tools for labelling",
    "domain_expert": "Expert in the field",
    "devops": "DevOps or MLOps",
    "duty:assign": "Marking the examples",
    "duty:tools": "Building the labelling tools",
    "duty:outsourced": "Looking after outside labellers",
    "duty:validate": "Checking the labels",
    "care:deployer": "Puts it into use",
    "care:watcher": "Watches it in use",
    "care:maintainer": "Repairs and upgrades it",
}

_RISKS: Mapping[str, str] = {
    "data_scientist": "the goal stays a wish, and nobody knows whether data can help.",
    "ml_engineer": "a trial stays a trial, and is never fast or steady enough to use.",
    "software_engineer": "the answers reach nobody, since no software shows them.",
    "data_engineer": "the analysts fetch data by hand, and get to little else.",
    "labelling_lead": "labels are made by feeling, and two people mark the same example differently.",
    "labeller": "the scientists label at night, or there are too few examples.",
    "tooling": "each label takes twice as long as it should.",
    "domain_expert": "the model predicts what can be predicted, which need not be what is useful.",
    "devops": "the finished model waits for months until somebody puts it into use.",
    "duty:assign": "there are no labels on the day that they are needed.",
    "duty:tools": "labels are kept in sheets, and get lost or mixed up.",
    "duty:outsourced": "outside labels come late, and nobody answers their questions.",
    "duty:validate": "wrong labels are learned, and nobody notices.",
    "care:deployer": "the finished model waits, as this was nobody's job.",
    "care:watcher": "it grows stale, and gives no sign of that by itself.",
    "care:maintainer": "it is switched off at its first fault.",
}

_ROLE_OF: Mapping[str, Role] = {
    "data_scientist": Role.DATA_SCIENTIST,
    "ml_engineer": Role.ML_ENGINEER,
    "software_engineer": Role.SOFTWARE_ENGINEER,
    "data_engineer": Role.DATA_ENGINEER,
    "labelling_lead": Role.LABELLING_LEAD,
    "domain_expert": Role.DOMAIN_EXPERT,
    "devops": Role.DEVOPS,
}
"""The role in a kickoff that does a job."""

_CARE = {
    "care:deployer": "Each new version has to be put into use and loaded.",
    "care:watcher": "The world changes, and the model does not notice.",
    "care:maintainer": "It has to be repaired and upgraded long after the project.",
}
"""What a model in use needs, and why (K53)."""

_PERSON_IN = {"care:deployer": "deployer", "care:watcher": "watcher", "care:maintainer": "maintainer"}
_CHECKER = "duty:validate"


def find_team(kickoff: Kickoff, ledger: Iterable[Decision]) -> Team:
    """Set what the goal needs beside who is there; answers that are kept back say nothing here."""
    shown = Shown(kickoff)
    named = {line.job: line.person for line in ledger if isinstance(line, JobNamed)}
    jobs = tuple(_staff(_job(key, why), shown, named) for key, why in _needs(shown))
    duties = tuple(_staff(_job(key, why), shown, named) for key, why in _duties(shown))
    care = tuple(_staff(_job(key, why), shown, named) for key, why in _CARE.items())
    is_large = (shown.number("teams") or 0.0) >= _LARGE
    return Team(
        jobs=jobs,
        duties=duties,
        care=care,
        shared=_shared(jobs) if is_large else (),
        is_large=is_large,
        data=_DATA.get(str(shown.value("data_access")), "How to get at the data is not known yet."),
        culture=_CULTURES.get(str(shown.value("culture")), _CULTURES["undecided"]),
    )


def _job(key: str, why: str) -> Job:
    return Job(key, _NAMES[key], why, _RISKS[key])


def name_job(key: str) -> str:
    """What a job is called; of one that is not known any more, its key."""
    return _NAMES.get(key, key)


def _needs(shown: Shown) -> Iterator[tuple[str, str]]:
    """The jobs of 2.4.2 that this goal needs, each with the answer that says so."""
    yield "data_scientist", "Somebody has to turn the goal into a question that data can answer."
    yield "domain_expert", "Somebody has to know which answer is right, and which is useful."
    yield "ml_engineer", "Somebody has to make the model fast and steady enough to use."
    if shown.value("current_way") == CurrentWay.RULES:
        yield "software_engineer", "Rules do it today, and the model takes their place in the software."
    else:
        yield "software_engineer", "The answers have to show up where people work."
    access, hurdles = shown.value("data_access"), shown.value("data_hurdles")
    if access != "joined" or (hurdles and hurdles != ("none",)):
        yield "data_engineer", _DATA.get(str(access), "The data has to be brought together.")
    if _is_labelled_by_people(shown):
        needed = shown.number("examples_needed")
        count = f"{say_number(needed)} examples need" if needed is not None else "Examples need"
        yield "labelling_lead", f"{count} right answers, and a guide to what is right."
        yield "labeller", f"{count} somebody who marks them."
        if needed is not None and needed >= _MANY_EXAMPLES:
            yield "tooling", f"{count} a tool that makes each quick."
    yield "devops", "Somebody has to run it day and night."


_MANY_EXAMPLES = 10_000.0


def _is_labelled_by_people(shown: Shown) -> bool:
    return shown.value("label_source") in {LabelSource.BY_HAND, LabelSource.EXISTING}


def _duties(shown: Shown) -> Iterator[tuple[str, str]]:
    if _is_labelled_by_people(shown):
        for key in _NAMES:
            if key.startswith("duty:"):
                yield key, "People make or check the right answers here."


def _staff(job: Job, shown: Shown, named: Mapping[str, str]) -> Job:
    """Who does it: whoever was named last, else whoever has the role, else what an answer says."""
    if named.get(job.key):
        return replace(job, people=(named[job.key],), state=JobState.NAMED)
    people = _people_of(job.key, shown)
    if people:
        return replace(job, people=people, state=JobState.NAMED)
    said = shown.value("label_duties") if job.key.startswith("duty:") else shown.value("jobs_filled")
    if isinstance(said, tuple) and job.key.removeprefix("duty:") in said:
        return replace(job, state=JobState.SAID)
    return job


def _people_of(key: str, shown: Shown) -> tuple[str, ...]:
    question = "label_checker" if key == _CHECKER else _PERSON_IN.get(key, "")
    if question:
        person = shown.value(question)
        return (person,) if isinstance(person, str) and person else ()
    role = _ROLE_OF.get(key)
    return tuple(shown.holders(role)) if role else ()


def _shared(jobs: Sequence[Job]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for job in jobs:
        for person in job.people:
            counts[person] = counts.get(person, 0) + 1
    return tuple(person for person, count in counts.items() if count > 1)


_DATA = {
    "joined": "The data can be asked for in one place, so analysts can start.",
    "on_request": "The data comes on request; each request waits for somebody else.",
    "scripts": "The data comes by scripts of one's own, which break when a source changes.",
    "no_way": "There is no way to the data yet; that comes before everything else.",
}

_CULTURES = {
    "specialists": (
        "Data scientists work beside software engineers: each is deep in their own field. "
        "The usual risk: what the scientists wrote is written anew for daily use, which takes months. "
        "Agree early who does that."
    ),
    "both_skills": (
        "Everyone does both: what is tried can be used as it is. "
        "The usual risk: such people are hard to find and hard to replace."
    ),
    "undecided": (
        "How models and software share the work is not decided. "
        "The usual risk: each side thinks that the other one puts the model into use."
    ),
}
