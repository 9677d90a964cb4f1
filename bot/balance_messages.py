"""What is said of the balance: the options, how they were ranked, and what was settled (K46, K47)."""

from collections.abc import Iterator, Sequence

from bot.blocks import (
    Block,
    Button,
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
from bot.brevity import cut_words, room_beside
from bot.interview_messages import name_roles
from flows.agreement import MOST_ROUNDS, Agreement, Round
from flows.balance import Option, OptionKind, Share
from flows.decisions import BalanceSettled
from flows.kickoffs import Kickoff
from flows.voting import Outcome, Spread, outcome, shared_reasons, spread
from flows.wishes import say_number
from flows.working_days import describe_day

RANK = "balance.rank"
CLOSE = "balance.close"
DECIDE = "balance.decide"

_METRIC = 50
_COLUMNS = ("Goal", "asks", "gets", "gives up", "floor")
_REASONS_SHOWN = 2
_REASON = 120
_WHY_WORDS, _DISSENT_WORDS = 16, 6
_FEWEST_WORDS = 4
_NAME_WORDS = 6
_PEOPLE_NAMED = 6


def letter(place: int) -> str:
    """What an option is called in its round: A, B, C or D."""
    return "ABCDEFGH"[place]


def name_option(option: Option) -> str:
    """What an option puts first, in a few plain words, in mrkdwn."""
    leading = quote(option.leading.objective.metric, _METRIC)
    match option.kind:
        case OptionKind.EVERYTHING:
            return "Meet every goal in full"
        case OptionKind.LEAD:
            return f"Lead with {leading}"
        case OptionKind.EVENLY:
            part = option.part
            return "Share evenly" if part is None else f"Share evenly: {part:.0%} of each goal".replace("%", " %")
        case OptionKind.STAGED:
            return f"Stage it: {leading} first, the rest after the pilot"


def describe_option(option: Option) -> str:
    """What an option means for everybody, in a sentence or two, in mrkdwn."""
    leading = quote(option.leading.objective.metric, _METRIC)
    match option.kind:
        case OptionKind.EVERYTHING:
            return "Nothing has to give way, as far as I know."
        case OptionKind.LEAD:
            return f"The model is built for {leading}. Every other goal keeps its floor, and more where there is room."
        case OptionKind.EVENLY:
            return f"Everybody gives up the same part. The model is built for {leading}; the others are its limits."
        case OptionKind.STAGED:
            waits = " and ".join(quote(one.objective.metric, _METRIC) for one in option.later[:2])
            more = f" and {len(option.later) - 2} more" if len(option.later) > 2 else ""  # noqa: PLR2004
            return (
                f"A pilot on a small part is built for {leading}. What it shows decides how far {waits}{more} can go; "
                "until then they stay as they are."
            )


def draw_round(kickoff: Kickoff, round_: Round, *, top: str = "") -> Words:
    """The message in the channel under which a round of votes is held."""
    opened = round_.opened
    title = "how to balance the goals" + (f", round {opened.number} of {MOST_ROUNDS}" if opened.number > 1 else "")
    names = [f"*{letter(place)}.* {name_option(option)}" for place, option in enumerate(opened.options)]
    blocks: list[Block] = [
        *([section(top)] if top else []),
        header(f"{cut_words(kickoff.name, _NAME_WORDS)}: {title}"),
        section("\n".join(names)),
        section(f"Details are in the thread. {_say_votes(round_)}"),
    ]
    if round_.is_open:
        value = f"{kickoff.id}|{opened.number}"
        buttons = [Button("Rank them in private", RANK, value, primary=True), Button("Close the vote", CLOSE, value)]
        blocks.append(actions(buttons))
    return words(f"{quote(kickoff.name, 150)}: {title}.", blocks)


def _say_votes(round_: Round) -> str:
    voted, asked = len(round_.ballots), len(round_.opened.voters)
    if not round_.is_open:
        return f"The vote is over: {voted} of {asked} voted."
    due = describe_day(round_.opened.due, round_.opened.at.date())
    return f"{voted} of {asked} have voted. The last day is {due}."


def draw_option(kickoff: Kickoff, option: Option, place: int) -> Words:
    """One option in full: who asks for what, who gets what, who gives up what."""
    shares, kept_back = shown_shares(kickoff, option)
    title = f"*{letter(place)}. {name_option(option)}*"
    blocks: list[Block] = [
        section(f"{title}\n{describe_option(option)}"),
        table(_COLUMNS, [_row(kickoff, option, share) for share in shares]),
    ]
    if kept_back:
        blocks.append(context(f":lock: {kept_back} kept private, and counted"))
    return words(f"{letter(place)}. {name_option(option)}", blocks)


def shown_shares(kickoff: Kickoff, option: Option) -> tuple[tuple[Share, ...], int]:
    """The shares that everybody may see, and how many goals are kept between their owners and the app."""
    hidden = kickoff.confidential_owners
    shares = tuple(one for one in option.shares if one.stake.owner not in hidden)
    return shares, len(option.shares) - len(shares)


def _row(kickoff: Kickoff, option: Option, share: Share) -> tuple[str, ...]:
    participant = kickoff.find(share.stake.owner)
    whose = f"{name_roles(participant)}: " if participant else ""
    goal = f"{whose}{share.stake.objective.metric}"
    if share.stake in option.later:
        return goal, say_change(share.wanted), "waits", "for now", say_change(share.floor)
    return goal, say_change(share.wanted), say_change(share.gets), _say_loss(share), say_change(share.floor)


def say_change(change: float | None) -> str:
    """A change in percent with its sign: "+15 %", "−10 %", "0 %"."""
    if change is None:
        return "not known"
    shown = round(change, 1)
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    return f"{sign}{say_number(abs(shown))} %"


def _say_loss(share: Share) -> str:
    if share.wanted is None or share.gets is None:
        return "not known"
    lost = round(
        abs(share.wanted) - abs(share.gets) if share.gets * share.wanted > 0 else abs(share.wanted - share.gets), 1
    )
    return f"{say_number(lost)} points" if lost > 0 else "nothing"


def draw_spread(kickoff: Kickoff, round_: Round) -> Words:
    """How the options were ranked, once everybody's vote is in: no names."""
    asked = {option.id: place for place, option in enumerate(round_.opened.options)}
    lines = [f"*{letter(asked[one.option.id])}.* {_say_places(one)}" for one in spread(round_)]
    ranked: list[Block] = [
        header(f"{cut_words(kickoff.name, _NAME_WORDS)}: how you ranked them"),
        section("\n".join(lines) if round_.ballots else "Nobody voted."),
    ]
    after: list[Block] = []
    if round_.missing:
        after.append(context(f"Absent: {name_people(round_.missing)}"))
    after.append(section(_say_outcome(kickoff, round_)))
    reasons = list(_say_reasons(round_, room_beside(*ranked, *after)))
    if outcome(round_) is Outcome.OWNER_DECIDES:
        after.append(actions([Button("Decide", DECIDE, f"{kickoff.id}|{round_.opened.number}", primary=True)]))
    return words(f"{quote(kickoff.name, 150)}: how you ranked the options.", [*ranked, *reasons, *after])


def _say_reasons(round_: Round, room: int) -> Iterator[Block]:
    reasons = shared_reasons(round_)[:_REASONS_SHOWN]
    most = room // max(1, len(reasons))
    if reasons and most >= _FEWEST_WORDS:
        yield section("\n".join(f"“{quote(cut_words(reason, most), _REASON)}”" for reason in reasons))


def _say_places(one: Spread) -> str:
    said = [f"{_PLACES[place]} for {count}" for place, count in enumerate(one.places[:2]) if count]
    return ", ".join(said) or "last for all"


_PLACES = ("first", "second")


def _say_outcome(kickoff: Kickoff, round_: Round) -> str:
    match outcome(round_):
        case Outcome.AGREED:
            chosen = spread(round_)[0].option
            return f"All agree: *{name_option(chosen)}*."
        case Outcome.AGAIN:
            return f"No agreement yet. Round {round_.opened.number + 1} of {MOST_ROUNDS} follows."
        case Outcome.OWNER_DECIDES:
            return f"No agreement after {MOST_ROUNDS} rounds. {mention(kickoff.owner)} decides."


def name_people(people: Sequence[str]) -> str:
    """People side by side; of many, the first few."""
    named = ", ".join(mention(person) for person in people[:_PEOPLE_NAMED])
    more = len(people) - _PEOPLE_NAMED
    return f"{named} and {more} more" if more > 0 else named


def draw_settled(kickoff: Kickoff, settled: BalanceSettled, agreement: Agreement) -> Words:
    """What was settled, by whom and against whose wish."""
    who = f"{mention(settled.by)} decided" if settled.by else "Settled"
    blocks = [section(f"*{who}: {name_option(settled.option)}.*"), *_say_why(settled)]
    rounds = len(agreement.rounds)
    if rounds:
        blocks.append(context(f"After {rounds} round{'s' if rounds > 1 else ''} of votes."))
    return words(f"{quote(kickoff.name, 150)}: the balance is settled.", blocks)


def _say_why(settled: BalanceSettled) -> Iterator[Block]:
    if settled.why:
        yield section(f"“{quote(cut_words(settled.why, _WHY_WORDS), 200)}”")
    for one in settled.dissent[:_REASONS_SHOWN]:
        reason = f": “{quote(cut_words(one.reason, _DISSENT_WORDS), _REASON)}”" if one.reason else ""
        yield context(f"{mention(one.person)} wanted another option{reason}")
    if len(settled.dissent) > _REASONS_SHOWN:
        yield context(f"And {len(settled.dissent) - _REASONS_SHOWN} more wanted another option.")
