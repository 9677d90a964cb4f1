"""The floor that speaks Slack: listeners, views, delivery, schedule, settings and the command line."""
