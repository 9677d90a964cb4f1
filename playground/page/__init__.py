"""The playground's page: the workspace in the browser. Needs the extra `playground`."""
