"""What is said of the balance: the options, how they were ranked, and what was settled (K46, K47)."""

from collections.abc import Iterable, Iterator, Sequence

from bot.blocks import (
    Block,
    Button,
    Choice,
    Words,
    actions,
    context,
    header,
    mention,
    quote,
    section,
    table,
    words,
)
from bot.brevity import MOST_WORDS, count_words, cut_words, list_people, room_beside, split_pages
from bot.interview_messages import name_roles
from flows.agreement import MOST_ROUNDS, Agreement, Round
from flows.balance import Option, OptionKind, Share
from flows.decisions import BalanceSettled
from flows.kickoffs import Kickoff
from flows.own_numbers import say_gain, say_lost
from flows.voting import Outcome, Spread, outcome, shared_reasons, spread
from flows.wishes import Stake, is_pursued, same_metric, say_ask, say_number, wanted_sign
from flows.working_days import describe_day

RANK = "balance.rank"
CLOSE = "balance.close"
DECIDE = "balance.decide"

_METRIC_WORDS = 4
_METRIC = 45
_NAME_WORDS = 4
_NAME = 150
_COLUMNS = ("Goal", "asks", "gets", "gives up", "floor")
_WAITING_NAMED = 2
_REASON_WORDS = 50
_WHY_WORDS = 20
_PEOPLE_NAMED = 3
_PLACES = ("first", "second")
_KEPT_PRIVATE = "a goal that is kept private"

OUTDATED = words("This is out of date. The newest about the balance is further down in this channel.")
"""What is left of a vote, or of a settled balance, once it does not count any more."""


def letter(place: int) -> str:
    """What an option is called in its round: A, B, C or D."""
    return "ABCDEFGH"[place]


def name_option(kickoff: Kickoff, option: Option) -> str:
    """What an option puts first, in a few plain words, as plain text."""
    leading = _name_goal(kickoff, option, option.leading)
    match option.kind:
        case OptionKind.EVERYTHING:
            goals = "every goal" if len(option.shares) > 1 else "the goal"
            return f"Meet {goals}, as far as I can tell" if _is_vague(option) else f"Meet {goals} in full"
        case OptionKind.LEAD:
            return f"Lead with {leading}"
        case OptionKind.EVENLY:
            percent = round(100 * (option.part or 0.0))
            return f"Share evenly: {percent} % or more each" if percent else "Share evenly"
        case OptionKind.STAGED:
            return f"Stage it: {leading} first"


def _name_goal(kickoff: Kickoff, option: Option, stake: Stake) -> str:
    """A goal's metric in a few words; of goals that their owners keep to themselves, nothing.

    Where several goals are about one metric, what is asked for follows, to tell them apart.
    """
    if stake.owner in kickoff.confidential_owners:
        return _KEPT_PRIVATE
    goal, others = stake.objective, (share.stake for share in option.shares if share.stake != stake)
    asks = say_ask(goal) if any(same_metric(goal, other.objective) for other in others) else ""
    metric = cut_words(goal.metric, _METRIC_WORDS)
    return f"{metric if len(metric) <= _METRIC else f'{metric[: _METRIC - 1].rstrip()}…'} {asks}".rstrip()


def _is_vague(option: Option) -> bool:
    """Whether it is not known of some goal how far it is to go, or whether anything moves it."""
    return any(one.gets is None or (one.wanted is None and is_pursued(one.stake.objective)) for one in option.shares)


def _asks_the_opposite(option: Option, share: Share) -> bool:
    """Whether a goal is for the metric that leads, the other way round."""
    goal, leading = share.stake.objective, option.leading.objective
    return same_metric(goal, leading) and wanted_sign(goal) * wanted_sign(leading) < 0


def say_option(kickoff: Kickoff, option: Option) -> str:
    """What an option is called, in mrkdwn."""
    return quote(name_option(kickoff, option))


def describe_option(kickoff: Kickoff, option: Option) -> str:
    """What an option means for everybody, in a sentence or two, in mrkdwn."""
    leading = quote(_name_goal(kickoff, option, option.leading))
    match option.kind:
        case OptionKind.EVERYTHING:
            rest = " Goals without a number that I can work out stay at least as they are." if _is_vague(option) else ""
            return f"Nothing has to give way, if the links are as strong as I assume.{rest}"
        case OptionKind.LEAD:
            rest = "Every other goal keeps its floor, and more where there is room."
            if any(_asks_the_opposite(option, one) for one in shown_shares(kickoff, option)[0]):
                rest = "Whoever asks for the opposite gives way. " + rest.replace("other goal", "goal besides")
            return f"The model is built for {leading}. {rest}"
        case OptionKind.EVENLY:
            return (
                "Everybody gets the same part of what they ask for, and more where that takes nothing from others. "
                f"The model is built for {leading}; the others are its limits."
            )
        case OptionKind.STAGED:
            wait = "it waits" if len(option.later) == 1 else "they wait"
            return (
                f"A pilot on a small part is built for {leading}. What it shows decides how far "
                f"{_name_waiting(kickoff, option)} can go; until then {wait}, no worse off than today."
            )


def _name_waiting(kickoff: Kickoff, option: Option) -> str:
    shown = [one for one in option.later if one.owner not in kickoff.confidential_owners][:_WAITING_NAMED]
    if not shown:
        return "the rest"
    named = " and ".join(quote(_name_goal(kickoff, option, one)) for one in shown)
    more = len(option.later) - len(shown)
    return f"{named} and {more} more" if more else named


def list_options(kickoff: Kickoff, options: Sequence[Option]) -> tuple[list[Block], list[Choice]]:
    """The options as a form shows them: what each means, and what there is to choose from."""
    told: list[Block] = []
    choices: list[Choice] = []
    for place, option in enumerate(options):
        told.append(section(f"{_title(kickoff, option, place)}\n{describe_option(kickoff, option)}"))
        choices.append(Choice(f"{letter(place)}. {name_option(kickoff, option)}", option.id))
    return told, choices


def _title(kickoff: Kickoff, option: Option, place: int) -> str:
    return f"*{letter(place)}.* {say_option(kickoff, option)}"


def draw_round(kickoff: Kickoff, round_: Round) -> Words:
    """The message in the channel under which a round of votes is held."""
    opened = round_.opened
    title = "how to balance the goals" if not opened.why else "the vote begins anew"
    if opened.number > 1:
        title += f", round {opened.number} of {MOST_ROUNDS}"
    names = [_title(kickoff, option, place) for place, option in enumerate(opened.options)]
    blocks: list[Block] = [
        header(f"{cut_words(kickoff.name, _NAME_WORDS)}: {title}"),
        section("\n".join(names)),
        section(f"The thread explains each. {_say_votes(round_)}"),
    ]
    if round_.is_open:
        value = f"{kickoff.id}|{opened.key}"
        buttons = [Button("Rank them in private", RANK, value, primary=True), Button("Close the vote", CLOSE, value)]
        blocks.append(actions(buttons))
    return words(f"{quote(kickoff.name, _NAME)}: {title}.", blocks)


def _say_votes(round_: Round) -> str:
    voted, asked = len(round_.ballots), len(round_.opened.voters)
    if not round_.is_open:
        return f"The vote is over: {voted} of {asked} voted."
    due = describe_day(round_.opened.due, round_.opened.at.date())
    return f"{voted} of {asked} have voted. Last day: {due}."


def draw_option(kickoff: Kickoff, option: Option, place: int) -> Words:
    """One option in full: who asks for what, who gets what, who gives up what."""
    shares, kept_back = shown_shares(kickoff, option)
    blocks: list[Block] = [section(f"{_title(kickoff, option, place)}\n{describe_option(kickoff, option)}")]
    if shares:
        blocks.append(table(_COLUMNS, [_row(kickoff, option, share) for share in shares]))
    if kept_back:
        blocks.append(
            context(f":lock: {kept_back} goal{' is' if kept_back == 1 else 's are'} kept private, and counted")
        )
    held = context(f"What nobody has a goal for gets no worse: {quote(', '.join(option.held), 100)}.")
    if option.held and count_words(held) <= room_beside(*blocks):
        blocks.append(held)
    return words(f"{letter(place)}. {say_option(kickoff, option)}", blocks)


def shown_shares(kickoff: Kickoff, option: Option) -> tuple[tuple[Share, ...], int]:
    """The shares that everybody may see, and how many goals are kept between their owners and the app."""
    hidden = kickoff.confidential_owners
    shares = tuple(one for one in option.shares if one.stake.owner not in hidden)
    return shares, len(option.shares) - len(shares)


def _row(kickoff: Kickoff, option: Option, share: Share) -> tuple[str, ...]:
    participant = kickoff.find(share.stake.owner)
    whose = f"{name_roles(participant)}: " if participant else ""
    goal = f"{whose}{share.stake.objective.metric}"
    asks = say_ask(share.stake.objective) if share.wanted is None else _say(share, share.wanted)
    gets, floor = _say(share, share.gets), _say(share, share.floor)
    if share.stake in option.later:
        return goal, asks, "waits", "for now", floor
    return goal, asks, gets, _say_loss(share), floor


def _say(share: Share, change: float | None) -> str:
    return "not known" if change is None else say_gain(share.stake.objective, change)


def say_change(change: float | None) -> str:
    """A change in percent with its sign: "+15 %", "−10 %", "0 %"."""
    if change is None:
        return "not known"
    shown = round(change, 1)
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    return f"{sign}{say_number(abs(shown))} %"


def _say_loss(share: Share) -> str:
    return "not known" if share.gives_up is None else say_lost(share.stake.objective, share.gives_up)


def draw_spread(kickoff: Kickoff, round_: Round) -> Words:
    """How the options were ranked, once the round is over: no names, but of those who did not vote."""
    places = {option.id: place for place, option in enumerate(round_.opened.options)}
    ranked = sorted(spread(round_), key=lambda one: (-one.points, places[one.option.id]))
    lines = [f"*{letter(places[one.option.id])}.* {_say_places(one)}" for one in ranked]
    blocks: list[Block] = [
        header(f"{cut_words(kickoff.name, _NAME_WORDS)}: the votes"),
        section("\n".join(lines) if round_.ballots else "Nobody voted."),
    ]
    if round_.missing:
        blocks.append(context(f"Absent: {list_people(round_.missing, _PEOPLE_NAMED)}"))
    thread = " Reasons are in the thread." if shared_reasons(round_) else ""
    blocks.append(section(f"{_say_outcome(kickoff, round_, ranked)}{thread}"))
    if outcome(round_) is Outcome.OWNER_DECIDES:
        blocks.append(actions([Button("Decide", DECIDE, f"{kickoff.id}|{round_.opened.key}", primary=True)]))
    return words(f"{quote(kickoff.name, _NAME)}: how you ranked the options.", blocks)


def _say_places(one: Spread) -> str:
    counts = zip(_PLACES, one.places, strict=False)
    said = [f"{name} for {count}" for name, count in counts if count]
    return ", ".join(said) or "further down"


def _say_outcome(kickoff: Kickoff, round_: Round, ranked: Sequence[Spread]) -> str:
    match outcome(round_):
        case Outcome.AGREED:
            chosen = round_.opened.options.index(ranked[0].option)
            return f"All {'who voted ' if round_.missing else ''}put {letter(chosen)} first."
        case Outcome.AGAIN:
            follows = f"No agreement yet. Round {round_.opened.number + 1} of {MOST_ROUNDS} follows."
            return f"{follows} Whoever accepts less makes room for other options."
        case Outcome.OWNER_DECIDES:
            return f"No agreement after {MOST_ROUNDS} rounds. {mention(kickoff.owner)} decides."


def draw_reasons(reasons: Iterable[str]) -> Iterator[Words]:
    """The reasons that people let the others read, without names; as many in a message as are read at a glance."""
    lines = [f"“{quote(cut_words(reason, _REASON_WORDS), 500)}”" for reason in reasons]
    for page in split_pages(lines, count_words, MOST_WORDS) if lines else ():
        yield words("\n".join(page))


def draw_settled(kickoff: Kickoff, settled: BalanceSettled, agreement: Agreement) -> Words:
    """What was settled, by whom, and how many wanted something else."""
    who = f"{mention(settled.by)} decided" if settled.by else "Settled"
    blocks: list[Block] = [section(f"*{who}: {say_option(kickoff, settled.option)}.*")]
    if settled.why:
        blocks.append(section(f"“{quote(cut_words(settled.why, _WHY_WORDS), 300)}”"))
    history = [*_say_rounds(agreement), *_say_dissent(settled)]
    if history:
        blocks.append(context(" ".join(history)))
    blocks.append(section("The goal card follows. Please read it, and approve or object."))
    return words(f"{quote(kickoff.name, _NAME)}: the balance is settled.", blocks)


def _say_rounds(agreement: Agreement) -> Iterator[str]:
    rounds = len(agreement.rounds)
    if rounds:
        yield f"After {rounds} round{'s' if rounds > 1 else ''} of votes."


def _say_dissent(settled: BalanceSettled) -> Iterator[str]:
    # Without names, as the ballot promises: who put what first stays with the app.
    if settled.dissent:
        reasons = " Their reasons are in the thread." if reasons_against(settled) else ""
        yield f"{len(settled.dissent)} wanted another option.{reasons}"


def reasons_against(settled: BalanceSettled) -> tuple[str, ...]:
    """Why some wanted another option, as far as the others may read it; in alphabetical order, so without names."""
    return tuple(sorted({one.reason for one in settled.dissent if one.reason}))
