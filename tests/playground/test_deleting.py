"""What is left of a message that was deleted."""

from playground import Chapter, Playground


async def test_a_deleted_reply_leaves_no_tombstone(slack: Playground, chapter: Chapter) -> None:
    head = await chapter.priya.say(chapter.channel, "Head")
    first = await chapter.victor.say(chapter.channel, "First", thread=head)
    await chapter.victor.say(chapter.channel, "Second", thread=head)
    await chapter.victor.delete(first)
    assert [one.text for one in slack.workspace.messages(chapter.channel)] == ["Head", "Second"]
    await chapter.priya.delete(head)
    assert [one.text for one in slack.workspace.messages(chapter.channel)] == ["This message was deleted.", "Second"]
