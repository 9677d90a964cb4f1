"""`python -m bot` is `ml-kickoff`."""

import sys

from bot.command_line import main

sys.exit(main())
