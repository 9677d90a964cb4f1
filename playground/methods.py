"""Every Web API method there is here, by its name."""

from collections.abc import Callable

from playground import (
    canvases_api,
    channels_api,
    chat_api,
    conversations_api,
    files_api,
    oauth_api,
    reactions_api,
    scheduled_api,
    users_api,
    views_api,
)
from playground.arguments import Arguments
from playground.records import Json
from playground.workspace import Workspace

Method = Callable[[Workspace, Arguments], Json]


def _auth_test(workspace: Workspace, _arguments: Arguments) -> Json:
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.domain,
        "user": workspace.people[workspace.app.user_id].username,
        "team_id": workspace.team_id,
        "user_id": workspace.app.user_id,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    }


METHODS: dict[str, Method] = {
    "apps.uninstall": oauth_api.uninstall,
    "auth.revoke": oauth_api.revoke,
    "auth.test": _auth_test,
    "blocks.validate": views_api.validate_blocks,
    "canvases.access.delete": canvases_api.delete_access,
    "canvases.access.set": canvases_api.set_access,
    "canvases.create": canvases_api.create,
    "canvases.delete": canvases_api.delete,
    "canvases.edit": canvases_api.edit,
    "canvases.getContent": canvases_api.content,
    "canvases.sections.lookup": canvases_api.lookup_sections,
    "chat.delete": chat_api.delete,
    "chat.deleteScheduledMessage": scheduled_api.delete,
    "chat.getPermalink": chat_api.permalink,
    "chat.postEphemeral": chat_api.post_ephemeral,
    "chat.postMessage": chat_api.post_message,
    "chat.scheduleMessage": scheduled_api.schedule,
    "chat.scheduledMessages.list": scheduled_api.list_waiting,
    "chat.update": chat_api.update,
    "conversations.archive": channels_api.archive,
    "conversations.canvases.create": canvases_api.create_for_channel,
    "conversations.create": channels_api.create,
    "conversations.history": conversations_api.history,
    "conversations.info": conversations_api.info,
    "conversations.invite": channels_api.invite,
    "conversations.join": conversations_api.join,
    "conversations.kick": channels_api.kick,
    "conversations.leave": channels_api.leave,
    "conversations.list": conversations_api.list_all,
    "conversations.members": conversations_api.members,
    "conversations.open": conversations_api.open_dm,
    "conversations.rename": channels_api.rename,
    "conversations.replies": conversations_api.replies,
    "conversations.setPurpose": channels_api.set_purpose,
    "conversations.setTopic": channels_api.set_topic,
    "conversations.unarchive": channels_api.unarchive,
    "dnd.info": users_api.do_not_disturb,
    "files.completeUploadExternal": files_api.complete_upload,
    "files.delete": files_api.delete,
    "files.getUploadURLExternal": files_api.get_upload_url,
    "files.info": files_api.info,
    "oauth.v2.access": oauth_api.access,
    "reactions.add": reactions_api.add,
    "reactions.get": reactions_api.get,
    "reactions.remove": reactions_api.remove,
    "users.conversations": conversations_api.list_of_person,
    "users.info": users_api.info,
    "users.list": users_api.list_all,
    "users.lookupByEmail": users_api.lookup_by_email,
    "users.profile.get": users_api.profile,
    "users.profile.set": users_api.set_profile,
    "views.open": views_api.open_view,
    "views.publish": views_api.publish_view,
    "views.push": views_api.push_view,
    "views.update": views_api.update_view,
}
WITHOUT_TOKEN = frozenset({"oauth.v2.access"})
"""Called before the app has a token."""
