"""The floor that decides: pure functions and data, with no Slack, no database and no clock."""
