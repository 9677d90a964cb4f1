"""The few listeners that Bolt knows, and the tables by which they find who answers.

A listener reads the delivery, hands it on, and acknowledges when the answer is stored. If nothing could be stored, it
does not acknowledge: Slack delivers an event again, and tells a person that their press did not arrive.
"""

import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot import (
    accuracy_dial,
    activity_log,
    answer_form,
    ask_someone_form,
    asking_next,
    balance,
    balance_messages,
    ballot_form,
    blocked,
    calibration,
    calibration_switch,
    capacity_form,
    channels,
    charter,
    check_messages,
    closing,
    commands,
    conflict_board,
    conflict_detail,
    criteria_form,
    dated_checks,
    digest_messages,
    digests,
    facts,
    first_score,
    fit,
    goal_card,
    goals_view,
    home,
    home_backlog,
    home_turning,
    interviews,
    invitations,
    kickoff_card,
    kickoff_form,
    link_judging,
    log_import,
    log_replies,
    mentions,
    message_shortcut,
    metric_form,
    nudge_answers,
    nudge_messages,
    objective_form,
    own_entries,
    people_form,
    pilot,
    pilot_messages,
    plateaus,
    premortem,
    premortem_form,
    premortem_messages,
    private_place,
    progress,
    ranking,
    ranking_reasons,
    reasons,
    reminders,
    risk_list,
    status,
    team,
    time_report,
    unknowns,
    voting,
)
from bot.app import App
from bot.blocks import words
from bot.deliveries import (
    Event,
    Message,
    Press,
    Shortcut,
    Submission,
    read_command,
    read_event,
    read_message,
    read_press,
    read_shortcut,
    read_submission,
)
from bot.interview_buttons import (
    BACK,
    CHANGE,
    CHOOSE,
    CONFIRM,
    EDIT,
    IN_PRIVATE,
    MORE,
    REJECT,
    SKIP,
    SUBMIT,
    TURN_PAGE,
    UNKNOWN,
    WHY,
)
from bot.interview_buttons import FORM as ANSWER
from bot.logs import describe_error
from bot.replies import FieldErrors, OnlyYou
from bot.still_seen import if_still_seen

_log = logging.getLogger(__name__)

COMMAND = "/ml-kickoff"

PRESSES: Mapping[str, Callable[[App, Press], Awaitable[None]]] = {
    CHOOSE: interviews.press,
    UNKNOWN: interviews.press,
    SKIP: interviews.press,
    BACK: interviews.press,
    CONFIRM: interviews.press,
    REJECT: interviews.press,
    EDIT: interviews.press,
    SUBMIT: interviews.press,
    TURN_PAGE: interviews.turn_page,
    WHY: interviews.explain,
    MORE: ask_someone_form.press,
    IN_PRIVATE: private_place.press,
    ANSWER: answer_form.press,
    CHANGE: objective_form.press,
    nudge_messages.LOG: if_still_seen(activity_log.press),
    nudge_messages.NOTHING: nudge_answers.press_nothing,
    nudge_messages.LATER: nudge_answers.press_later,
    nudge_messages.OLD_SNOOZE: nudge_answers.press_old_snooze,
    nudge_messages.OLD_STOP: nudge_answers.press_old_stop,
    nudge_messages.FOUND: nudge_answers.press_found,
    nudge_messages.LOOKING: nudge_answers.press_looking,
    nudge_messages.LABELLED: nudge_answers.press_labelled,
    digest_messages.OFF: digests.press_off,
    blocked.ASK: blocked.press_ask,
    blocked.ANSWER: blocked.press_answer,
    pilot_messages.WHY: pilot.press_why,
    pilot_messages.CHANGE: pilot.press_change,
    pilot_messages.SOLVED: pilot.press_solved,
    nudge_messages.SEEN: nudge_answers.press_seen,
    progress.SHOW: if_still_seen(progress.press_show),
    progress.EXPLAIN: plateaus.press_explain,
    time_report.SEND: time_report.press_send,
    time_report.ENTRIES: if_still_seen(own_entries.press_open),
    time_report.IMPORT: if_still_seen(log_import.press_open),
    own_entries.EDIT: own_entries.press_edit,
    own_entries.DELETE: own_entries.press_delete,
    activity_log.UNDO: activity_log.press_undo,
    log_replies.LOG: log_replies.press_log,
    activity_log.SETTLE: activity_log.press_settle,
    reminders.AGAIN: reminders.press_again,
    reminders.WITHOUT: reminders.press_without,
    kickoff_form.MORE_ROLES: kickoff_form.show_more_roles,
    kickoff_card.PEOPLE: people_form.press,
    channels.TRY_AGAIN: channels.try_again,
    commands.OPEN: commands.press_open,
    conflict_board.PAGE: conflict_board.press_page,
    conflict_board.GOALS: goals_view.press,
    conflict_board.EXPLAIN: conflict_detail.press_explain,
    conflict_detail.LOOK: conflict_detail.press_look,
    conflict_detail.JUDGE: link_judging.press,
    conflict_detail.CHANGE: link_judging.press,
    metric_form.PRESSED: metric_form.press,
    conflict_board.FIND_BALANCE: balance.press_find,
    balance_messages.RANK: ballot_form.press,
    balance_messages.CLOSE: voting.press_close,
    balance_messages.DECIDE: balance.press_decide,
    goal_card.READ: if_still_seen(goal_card.press_read),
    goal_card.APPROVE: goal_card.press_approve,
    goal_card.OBJECT: goal_card.press_object,
    goal_card.ACKNOWLEDGE: goal_card.press_acknowledge,
    first_score.REASONS: if_still_seen(reasons.press_reasons),
    first_score.ASK_NEXT: asking_next.press_ask_next,
    accuracy_dial.DIAL: accuracy_dial.press_dial,
    accuracy_dial.TURN: accuracy_dial.press_turn,
    reasons.UNKNOWNS: if_still_seen(unknowns.press_open),
    unknowns.PAGE: unknowns.press_page,
    unknowns.EDIT: unknowns.press_edit,
    unknowns.SHOW: unknowns.press_show,
    home_backlog.TURN: home_turning.press_turn,
    team.OPEN: if_still_seen(team.press_open),
    team.NAME: team.press_name,
    team.WORDS: team.press_words,
    ranking.PAGE: ranking.press_page,
    ranking.WHY: ranking_reasons.press_why,
    ranking.MATTERS: criteria_form.press_matters,
    ranking.FITS: fit.press_fits,
    fit.PAGE: fit.press_page,
    criteria_form.PICK: criteria_form.press_pick,
    closing.REOPEN: closing.press_reopen,
    calibration.SWITCH: calibration_switch.press_switch,
    premortem_messages.OPEN: premortem.press_open,
    premortem_messages.ANSWER: premortem_form.press,
    premortem_messages.CLOSE: premortem.press_close,
    premortem_messages.ALL: if_still_seen(risk_list.press),
    check_messages.TAKE: dated_checks.press_take,
    check_messages.CHANGE: dated_checks.press_change,
    check_messages.SEEN: dated_checks.press_seen,
    commands.SHOW_HELP: commands.press_show_help,
    facts.SHOW_ALL: if_still_seen(facts.press_show_all),
    status.SHOW_ALL: status.press_show_all,
}

FORMS: Mapping[str, Callable[[App, Submission], Awaitable[FieldErrors | None]]] = {
    kickoff_form.FORM: kickoff_form.submit,
    people_form.FORM: people_form.submit,
    objective_form.FORM: objective_form.submit,
    answer_form.FORM: answer_form.submit,
    ask_someone_form.FORM: ask_someone_form.submit,
    activity_log.FORM: activity_log.submit,
    message_shortcut.FORM: message_shortcut.submit,
    metric_form.FORM: metric_form.submit,
    blocked.FORM: blocked.submit,
    own_entries.FORM: own_entries.submit,
    log_import.FORM: log_import.submit,
    pilot.FORM: pilot.submit,
    goal_card.FORM: goal_card.submit_objection,
    goal_card.RISKS: goal_card.submit_risks,
    charter.BRIEF: charter.submit_brief,
    team.FORM: team.submit,
    unknowns.FORM: unknowns.submit,
    asking_next.FORM: asking_next.submit,
    ballot_form.FORM: ballot_form.submit,
    balance.FORM: balance.submit_decision,
    capacity_form.FORM: capacity_form.submit,
    closing.FORM: closing.submit,
    premortem_form.FORM: premortem_form.submit,
    dated_checks.FORM: dated_checks.submit,
}

SHORTCUTS: Mapping[str, Callable[[App, Shortcut], Awaitable[None]]] = {
    message_shortcut.CALLBACK: message_shortcut.use,
}

MESSAGES: Mapping[str, Callable[[App, Message], Awaitable[None]]] = {
    "message": mentions.hear_message,
    "app_mention": mentions.hear_mention,
}

EVENTS: Mapping[str, Callable[[App, Event], Awaitable[None]]] = {
    "app_home_opened": home.opened,
    "member_joined_channel": channels.let_in,
    "channel_unarchive": channels.let_in,
    "group_unarchive": channels.let_in,
    "user_change": invitations.notice_change,
}

_ANY = re.compile(".*", re.DOTALL)
_Body = dict[str, Any]


def create_bolt_app(app: App) -> AsyncApp:
    """Bolt with the listeners registered."""

    async def authorize(**_: Any) -> AuthorizeResult:
        identity = await app.identify()
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.workspace,
            bot_token=app.settings.slack_bot_token,
            bot_user_id=identity.user,
            bot_id=identity.bot,
        )

    # Bolt warns at every start that the token is not its own concern, which is meant to be so.
    logger = logging.getLogger("slack_bolt")
    logger.setLevel(logging.ERROR)
    bolt = AsyncApp(
        # Without a name Bolt reads the sources of all callers to find one, which takes longer than all else here.
        name="ml-kickoff",
        client=app.slack.client,
        logger=logger,
        signing_secret=app.settings.slack_signing_secret or None,
        # The HTTP door verifies before Bolt reads anything, and a socket needs no signature.
        request_verification_enabled=False,
        authorize=authorize,
        # Acknowledged when the listener is done, that is, when everything is stored.
        process_before_response=True,
    )
    _register(bolt, app)
    return bolt


def _register(bolt: AsyncApp, app: App) -> None:
    @bolt.command(COMMAND)
    async def on_command(ack: AsyncAck, body: _Body) -> None:
        await _take_command(app, ack, body)

    @bolt.action(_ANY)
    async def on_press(ack: AsyncAck, body: _Body) -> None:
        await _take_press(app, body)
        await ack()

    @bolt.shortcut(_ANY)
    async def on_shortcut(ack: AsyncAck, body: _Body) -> None:
        await SHORTCUTS[body["callback_id"]](app, read_shortcut(body))
        await ack()

    @bolt.view_submission(_ANY)
    async def on_submission(ack: AsyncAck, body: _Body) -> None:
        await _take_submission(app, ack, body)

    @bolt.event(_ANY)
    async def on_event(body: _Body) -> None:
        await _take_event(app, body)

    @bolt.error
    async def on_error(error: Exception) -> None:
        _log.error("A delivery was not taken, and not acknowledged: %s", describe_error(error))


async def _take_command(app: App, ack: AsyncAck, body: _Body) -> None:
    try:
        reply = await commands.answer(app, read_command(body))
    except Exception as error:
        reply = OnlyYou(words(_apologise(error)))
    if reply is None:
        await ack()
    else:
        await ack(text=reply.said.text, blocks=list(reply.said.blocks), response_type="ephemeral")


async def _take_press(app: App, body: _Body) -> None:
    press = read_press(body)
    if press is not None and press.action in PRESSES:
        await PRESSES[press.action](app, press)


async def _take_submission(app: App, ack: AsyncAck, body: _Body) -> None:
    submission = read_submission(body)
    try:
        reply = await FORMS[submission.form](app, submission)
    except Exception as error:
        reply = FieldErrors({next(iter(body["view"]["state"]["values"])): _apologise(error)})
    if reply is None:
        await ack()
    else:
        await ack(response_action="errors", errors=dict(reply.errors))


async def _take_event(app: App, body: _Body) -> None:
    kind = body["event"]["type"]
    if kind in MESSAGES:
        message = read_message(body)
        if message is not None:
            await MESSAGES[kind](app, message)
    elif kind in EVENTS:
        await EVENTS[kind](app, read_event(body))


def _apologise(error: Exception) -> str:
    reference = secrets.token_hex(3)
    _log.error("[%s] %s", reference, describe_error(error))
    return f"Something went wrong on our side (reference {reference}). Please try again in a minute."
