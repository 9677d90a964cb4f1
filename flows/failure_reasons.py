"""The seven reasons for which machine learning projects fail, told as if it had happened (section 2.5; K54 to K60)."""

from enum import StrEnum


class Reason(StrEnum):
    """One of the seven, in the order of the chapter."""

    TALENT = "talent"
    LEADERSHIP = "leadership"
    INFRASTRUCTURE = "infrastructure"
    LABELS = "labels"
    SILOS = "silos"
    INFEASIBLE = "infeasible"
    ALIGNMENT = "alignment"


STORIES = {
    Reason.TALENT: "Too few of us had brought such a thing into use before",
    Reason.LEADERSHIP: "Those in charge hoped for it sooner, and lost faith in it",
    Reason.INFRASTRUCTURE: "In daily use the data came too late, or not as good",
    Reason.LABELS: "The examples with right answers came late, or were wrong",
    Reason.SILOS: "Teams kept their data, or did not work together",
    Reason.INFEASIBLE: "We aimed too high, and it took too long",
    Reason.ALIGNMENT: "It worked, but the business saw no use in it",
}
"""What happened, in plain words and without a full stop."""

NAMES = {
    Reason.TALENT: "Experience",
    Reason.LEADERSHIP: "Leadership",
    Reason.INFRASTRUCTURE: "Data in use",
    Reason.LABELS: "Labels",
    Reason.SILOS: "Teams apart",
    Reason.INFEASIBLE: "Aimed too high",
    Reason.ALIGNMENT: "No use for it",
}
"""The same in at most 20 characters, as a chart takes them."""
