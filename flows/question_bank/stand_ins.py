"""Who answers in place of a role that nobody in the kickoff has: the first of a list that somebody has.

A question that hangs on another one lists its stand-ins so that whoever gets it was asked the other one too.
"""

from flows.roles import Role

ANYBODY = (
    Role.PRODUCT_OWNER,
    Role.DOMAIN_EXPERT,
    Role.USER_REPRESENTATIVE,
    Role.EXECUTIVE_SPONSOR,
    Role.FINANCE,
    Role.DATA_SCIENTIST,
    Role.ML_ENGINEER,
    Role.SOFTWARE_ENGINEER,
    Role.DATA_ENGINEER,
    Role.LABELLING_LEAD,
    Role.DEVOPS,
    Role.LEGAL,
)

WHO_KNOW_TODAY = (Role.PRODUCT_OWNER, Role.DOMAIN_EXPERT, Role.SOFTWARE_ENGINEER, *ANYBODY)

BUILDERS = (
    Role.ML_ENGINEER,
    Role.DATA_SCIENTIST,
    Role.SOFTWARE_ENGINEER,
    Role.DATA_ENGINEER,
    Role.DEVOPS,
)

LEADERS = (Role.EXECUTIVE_SPONSOR, Role.PRODUCT_OWNER, Role.FINANCE)

MONEY = (Role.FINANCE, Role.EXECUTIVE_SPONSOR, Role.PRODUCT_OWNER)

FOR_DATA = (
    Role.DATA_ENGINEER,
    Role.DATA_SCIENTIST,
    Role.ML_ENGINEER,
    Role.SOFTWARE_ENGINEER,
    Role.PRODUCT_OWNER,
    Role.DOMAIN_EXPERT,
    Role.EXECUTIVE_SPONSOR,
)

FOR_LABELS = (Role.DATA_SCIENTIST, *ANYBODY)

FOR_LIVE_USE = (
    Role.DEVOPS,
    Role.ML_ENGINEER,
    Role.SOFTWARE_ENGINEER,
    Role.DATA_ENGINEER,
    Role.DATA_SCIENTIST,
    Role.PRODUCT_OWNER,
)

FOR_THE_LAW = (Role.FINANCE, Role.EXECUTIVE_SPONSOR, Role.PRODUCT_OWNER)
