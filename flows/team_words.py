"""Words that those who build models and those who build software use differently, each in a sentence (K48)."""

from collections.abc import Mapping

GLOSSARY: Mapping[str, str] = {
    "Model": "What was learned from examples; it answers new cases.",
    "Feature": "A piece of information that goes into the model. In software, something the product can do.",
    "Label": "The right answer to one example.",
    "Training": "Learning from examples; done before use, and again when the world has changed.",
    "Test": "For a model, cases it has never seen; for software, a check that the code does what it should.",
    "Baseline": "How well it goes without the model; what it has to beat.",
    "Accuracy": "How many of 100 cases come out right.",
    "Precision": "Of those that it flags, how many really are so.",
    "Recall": "Of those that really are so, how many it flags.",
    "Drift": "The world has moved on, and the model gets worse without any change to it.",
    "Pipeline": "The steps from raw data to the answer, in order.",
    "Deployment": "Putting it where people use it.",
}
"""A dozen words."""
