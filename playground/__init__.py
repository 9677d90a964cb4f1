"""A local Slack-compatible workspace: the tests' Slack and the demo's. It knows nothing of the app."""
