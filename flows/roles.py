"""What the people of a project answer for (chapter 2, sections 2.3.2 and 2.4.2; K45, K49)."""

from enum import StrEnum


class Role(StrEnum):
    """What a stakeholder answers for. One person may have several, and several people may share one."""

    PRODUCT_OWNER = "product_owner"
    EXECUTIVE_SPONSOR = "executive_sponsor"
    FINANCE = "finance"
    DOMAIN_EXPERT = "domain_expert"
    DATA_SCIENTIST = "data_scientist"
    ML_ENGINEER = "ml_engineer"
    SOFTWARE_ENGINEER = "software_engineer"
    DATA_ENGINEER = "data_engineer"
    LABELLING_LEAD = "labelling_lead"
    DEVOPS = "devops"
    USER_REPRESENTATIVE = "user_representative"
    LEGAL = "legal"


ROLE_NAMES = {
    Role.PRODUCT_OWNER: "product owner",
    Role.EXECUTIVE_SPONSOR: "executive sponsor",
    Role.FINANCE: "finance",
    Role.DOMAIN_EXPERT: "domain expert",
    Role.DATA_SCIENTIST: "data analyst or scientist",
    Role.ML_ENGINEER: "ML engineer",
    Role.SOFTWARE_ENGINEER: "software engineer",
    Role.DATA_ENGINEER: "data engineer",
    Role.LABELLING_LEAD: "labelling lead",
    Role.DEVOPS: "DevOps or MLOps",
    Role.USER_REPRESENTATIVE: "user representative",
    Role.LEGAL: "legal or privacy",
}
