"""What can be typed after the command's name, and what it does."""

USAGE = (
    (
        "Kickoffs",
        (
            ("/ml-kickoff new Churn radar", "starts one; you can leave the name out"),
            ("/ml-kickoff status", "how far each is, and what comes next"),
            ("/ml-kickoff people", "add, replace or take out anybody, or let them watch"),
            ("/ml-kickoff facts", "what the project knows, and what nobody knows yet"),
        ),
    ),
    (
        "Agreeing",
        (
            ("/ml-kickoff balance", "options for goals that collide, and a vote on them"),
            ("/ml-kickoff charter", "all that is known and agreed on, on one page"),
            ("/ml-kickoff export pdf", "sends you the charter as a file; or md, json"),
            ("/ml-kickoff brief", "half a page for executives"),
            ("/ml-kickoff risks", "what could make it fail, and who looks after that"),
            ("/ml-kickoff decisions", "who decided what, when and why"),
        ),
    ),
    (
        "The backlog",
        (
            ("/ml-kickoff pilot", "a smaller problem that is solved first, and what the whole takes then"),
            ("/ml-kickoff unknowns", "what nobody knows yet, who looks into it, and until when"),
            ("/ml-kickoff team", "whom the goal needs, and who is named"),
            ("/ml-kickoff rank", "puts the projects that you may see in order, and says how sure that is"),
            ("/ml-kickoff capacity", "how many people there are, so that I can say what fits this quarter"),
            ("/ml-kickoff close Churn radar", "how it ended and what it took; reopen takes it back"),
        ),
    ),
    (
        "Progress",
        (
            ("/ml-kickoff log 2h labelled 300 tickets, error 0.21", "logs it; without words a form opens"),
            ("/ml-kickoff timer labelling", "starts a timer; timer stop logs what it counted"),
            ("/ml-kickoff progress", "a picture of the error over time and hours, sent to you"),
            ("/ml-kickoff digest", "what the last seven days brought; digest weekly off ends it"),
            ("/ml-kickoff time", "hours by kind of work, week and person, and the log as a file"),
        ),
    ),
    (
        "When I ask",
        (
            ("/ml-kickoff nudge weekly mon 09:30", "asks what moved; or weekdays 10:00, every 2 weeks fri 16:00"),
            ('/ml-kickoff nudge cron "30 9 * * 1-5"', "any other rhythm"),
            ("/ml-kickoff nudge me weekdays 10:00", "asks you alone, when you like; nudge me off ends it"),
            ("/ml-kickoff nudge pause until 4 january", "no nudges for a time; nudge resume ends it"),
            ("/ml-kickoff nudge off", "stops asking"),
            ("/ml-kickoff away until friday", "no reminders and no nudges until then; back ends it"),
        ),
    ),
)
"""What can be typed and what it does, in groups with a title each."""

USAGE_IN_SHORT = (
    ("new Churn radar", "starts a kickoff"),
    ("status", "how far each is"),
    ("people", "who is asked"),
    ("facts", "what is known"),
    ("balance", "a vote"),
    ("charter", "one page"),
    ("log 2h labelled 300 tickets", "logs progress"),
    ("nudge weekly mon 09:30", "when I ask for it"),
)
"""The same for a first look: what follows the command's name."""
