"""The file with which a workspace changes what moves what: what it does, and what is told about its mistakes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.influence_changes import Changes, compare
from flows.influence_export import draw_influence
from flows.influence_file import FileMistakes, read_influence_file, write_influence_file
from flows.influence_graph import HOW_STRONGLY, Edge, Factor, Horizon, InfluenceGraph, Reach, Sign, Strength

PRICE = Factor("price", "price", "dearer tickets", "cheaper tickets", Reach(-20, 30))
NOISE = Factor("noise", "noise", "more noise", "less noise", better=Sign.LOWERS, watch=True)
SALES = Factor("sales", "sales", "more sales", "fewer sales", better=Sign.RAISES)
STUDIED = Edge("price", "sales", Sign.LOWERS, "People wait.", reference="A study", strength=Strength(0.1, 0.2, 0.3))
SLOW = Edge("noise", "sales", Sign.LOWERS, "People stay away.", Horizon.LONG)
BASE = InfluenceGraph((PRICE,), (SALES, NOISE), (STUDIED, SLOW))
NEW = "- id: mood\n  name: mood\n  more: a better mood\n  less: a worse mood\n"


def factors(text: str) -> InfluenceGraph:
    return read_influence_file(f"factors:\n{text}", BASE)


def links(text: str) -> InfluenceGraph:
    return read_influence_file(f"links:\n{text}", BASE)


@pytest.mark.parametrize("text", ["", "# nothing yet", "factors:\nlinks: []"])
def test_an_empty_file_changes_nothing(text: str) -> None:
    assert read_influence_file(text, BASE) == BASE


def test_a_new_factor_is_a_metric_or_a_lever_or_both() -> None:
    metric = factors(f"{NEW}  better: more\n  watch: yes")
    assert metric.metrics[-1] == Factor("mood", "mood", "a better mood", "a worse mood", better=Sign.RAISES, watch=True)
    assert metric.levers == BASE.levers
    lever = factors(f"{NEW}  reach: [0, 12.5]")
    assert lever.levers[-1].reach == Reach(0, 12.5)
    assert lever.metrics == BASE.metrics
    both = factors(f"{NEW}  reach: [-5, 5]\n  better: less")
    assert both.levers[-1] == both.metrics[-1]


def test_a_known_factor_changes_in_what_is_given() -> None:
    changed = factors("- id: noise\n  watch: false\n- id: price\n  better: less\n- id: sales\n  reach: [0, 5]")
    assert changed.factors["noise"] == Factor("noise", "noise", "more noise", "less noise", better=Sign.LOWERS)
    assert [metric.id for metric in changed.metrics] == ["sales", "noise", "price"]
    assert [lever.id for lever in changed.levers] == ["price", "sales"]


def test_with_a_factor_its_links_are_switched_off() -> None:
    changed = factors("- id: price\n  off: true")
    assert (changed.levers, changed.edges) == ((), (SLOW,))


def test_a_new_link() -> None:
    added = links(
        "- from: noise\n  to: price\n  raises: [0, 1, 2]\n  why: It is paid for.\n  horizon: long\n  source: Us"
    )
    expected = Edge("noise", "price", Sign.RAISES, "It is paid for.", Horizon.LONG, "Us", Strength(0, 1, 2))
    assert added.edges[-1] == expected


@pytest.mark.parametrize("word", HOW_STRONGLY)
def test_a_strength_can_be_a_word(word: str) -> None:
    assert links(f"- from: price\n  to: sales\n  lowers: {word}").edges[0].strength == HOW_STRONGLY[word]


def test_another_strength_is_no_longer_backed_by_the_old_source() -> None:
    assert links("- from: price\n  to: sales\n  why: So it is.").edges[0].reference == "A study"
    assert links("- from: price\n  to: sales\n  lowers: [0.1, 0.2, 0.3]").edges[0].reference == "A study"
    changed = links("- from: price\n  to: sales\n  raises: [0.1, 0.2, 0.3]").edges[0]
    assert (changed.sign, changed.why, changed.reference) == (Sign.RAISES, "People wait.", "")
    assert links("- from: price\n  to: sales\n  raises: barely\n  source: Our test").edges[0].reference == "Our test"


def test_a_link_can_be_switched_off() -> None:
    assert links("- from: noise\n  to: sales\n  horizon: long\n  off: true").edges == (STUDIED,)


def test_what_was_done_is_counted() -> None:
    text = f"factors:\n{NEW}  better: more\n- id: noise\n  off: true\n- id: sales\n  reach: [0, 1]\nlinks:\n"
    text += "- {from: mood, to: sales, raises: barely, why: It does.}\n- {from: price, to: sales, why: It did.}"
    assert compare(BASE, read_influence_file(text, BASE)) == Changes(1, 1, 1, 1, 1, 0)
    assert compare(BASE, links("- {from: price, to: sales, off: true}")) == Changes(0, 0, 0, 0, 0, 1)


Expected = tuple[int, str, str, str]
MISTAKES: list[tuple[str, Expected]] = [
    ("questions: []", (1, "file", "cannot have “questions” here", "Put everything below factors: or links:.")),
    ("- id: x", (1, "factors", "is missing", "Begin the file with factors: or links:")),
    ("links: yes", (1, "links", "has to be a list", "Begin each link with - from:.")),
    ("factors: [x]", (1, "factors", "has an entry without fields", "Begin it with - id:.")),
    ("factors:\n- name: x", (2, "id", "is missing", "Name the factor that is changed")),
    ("factors:\n- id: Tall Tree\n  name: x", (2, "id", "“Tall Tree” is not made of", "Rename it.")),
    ("factors:\n- id: {}\n  name: x", (2, "id", "has to be text", "in quotes")),
    ("factors:\n- id: noise\n- id: noise", (3, "id", "stands in line 2 already", "Make it one entry.")),
    ("factors:\n- id: noise\n  colour: red", (3, "colour", "is no field of a factor", "Use one of: id, off")),
    ("factors:\n- id: nois\n  off: true", (2, "id", "“nois” is no factor", "Did you mean noise?")),
    ("factors:\n- id: nois\n  watch: true", (2, "id", "would be missing for a new one", "Did you mean noise?")),
    ("factors:\n- id: mood\n  name: mood\n  more: x\n  better: less", (2, "less", "is missing", "how a fall is said")),
    (f"factors:\n{NEW}", (2, "id", "“mood” is neither a metric nor a lever", "Write better: more")),
    (f"factors:\n{NEW}  reach: [0, 1]\n  watch: true", (7, "watch", "does not go with a lever", "better:")),
    ("factors:\n- id: noise\n  name: ''", (3, "name", "is empty", "Write something")),
    (f"factors:\n- id: noise\n  name: {'x' * 61}", (3, "name", "is 61 characters long", "Cut it to 60.")),
    ("factors:\n- id: noise\n  better: lower", (3, "better", "has “lower”", "Use one of: more, less")),
    ("factors:\n- id: noise\n  better: [less]", (3, "better", "has to be text", "in quotes")),
    ("factors:\n- id: noise\n  watch: perhaps", (3, "watch", "has to be true or false", "Write watch: true")),
    ("factors:\n- id: price\n  reach: 30", (3, "reach", "has to be a list of 2 numbers", "[-30, 30]")),
    ("factors:\n- id: price\n  reach: [-30, nan]", (3, "reach", "has to be a list of 2 numbers", "[-30, 30]")),
    ("factors:\n- id: price\n  reach: [10, 30]", (3, "reach", "has to go down from 0", "Write [-30, 30]")),
    ("factors:\n- id: price\n  reach: [0, 0]", (3, "reach", "has to go down from 0", "Write [-30, 30]")),
    ("links:\n- from: price", (2, "to", "is missing", "Name the link")),
    ("links:\n- from: price\n  to: sale", (3, "to", "“sale” is no factor", "Did you mean sales?")),
    ("links:\n- from: price\n  to: price\n  off: true", (3, "to", "is what stands in from", "Name another")),
    ("links:\n- from: price\n  to: noise\n  off: true", (4, "off", "a link that is not there", "Leave it out.")),
    ("links:\n- from: noise\n  to: sales\n  off: true", (4, "off", "there is one with horizon: long", "Leave it out.")),
    (
        "links:\n- from: price\n  to: noise\n  why: So.",
        (2, "raises", "and lowers are missing for a new link", "Write one"),
    ),
    ("links:\n- from: price\n  to: noise\n  raises: barely", (2, "why", "is missing", "Say in one sentence")),
    (
        "links:\n- from: price\n  to: sales\n  raises: barely\n  lowers: barely",
        (5, "lowers", "does not go with raises", "Leave one"),
    ),
    ("links:\n- from: price\n  to: sales\n  lowers: a lot", (4, "lowers", "list of 3 numbers", "one of: barely,")),
    ("links:\n- from: price\n  to: sales\n  lowers: [3, 2, 1]", (4, "lowers", "has to rise from low", "Write [0.1")),
    ("links:\n- from: price\n  to: sales\n  lowers: [0, 0, 1]", (4, "lowers", "above 0", "Write [0.1")),
    ("links:\n- from: price\n  to: sales\n  horizon: far", (4, "horizon", "has “far”", "Use one of: short, long")),
    ("links:\n- {from: price, to: sales}\n- {from: price, to: sales}", (3, "from", "stands in line 2 already", "one")),
    (
        "factors:\n- {id: price, off: true}\nlinks:\n- from: price\n  to: sales",
        (4, "from", "names price, which is switched off", "Leave the link out."),
    ),
]


@pytest.mark.parametrize(("text", "expected"), MISTAKES)
def test_a_mistake_names_line_field_and_mend(text: str, expected: Expected) -> None:
    with pytest.raises(FileMistakes) as told:
        read_influence_file(text, BASE)
    found = told.value.mistakes[0]
    assert (found.line, found.field) == expected[:2], told.value
    assert expected[2] in found.problem
    assert expected[3] in found.mend
    assert found.mend[-1] in ".?"


def test_a_mistake_in_a_factor_brings_no_others_with_it() -> None:
    factor = "- {id: mood, name: x, more: [x], less: x, better: less}"
    with pytest.raises(FileMistakes) as told:
        read_influence_file(f"factors:\n{factor}\nlinks:\n- {{from: mood, to: sales}}", BASE)
    assert [(one.line, one.field) for one in told.value.mistakes] == [(2, "more")]


# Any graph that can be made of the base.

names = st.sampled_from(["price", "noise", "sales", "mood"])
amounts = st.decimals(0, 9, places=3, allow_nan=False).map(float)


@st.composite
def changed_graphs(draw: st.DrawFn) -> InfluenceGraph:
    lines = ["factors:", NEW + "  better: less\n  reach: [-1, 2]"]
    gone = draw(st.sets(st.sampled_from(["price", "noise"])))
    lines += [f"- {{id: {name}, off: true}}" for name in sorted(gone)]
    if draw(st.booleans()):
        lines.append(f"- {{id: sales, watch: {str(draw(st.booleans())).lower()}, name: '{draw(names)}: #'}}")
    if "noise" not in gone and draw(st.booleans()):
        lines.append("- {id: noise, watch: false}")
    lines.append("links:")
    keys = draw(st.sets(st.tuples(names, names, st.sampled_from(Horizon))))
    for source, target, horizon in sorted(keys):
        if source == target or {source, target} & gone:
            continue
        low, likely, high = sorted([draw(amounts), draw(amounts), draw(amounts) + 0.001])
        sign, why = draw(st.sampled_from(["raises", "lowers"])), draw(st.sampled_from(["So.", "It does: so."]))
        lines += [f"- from: {source}", f"  to: {target}", f"  horizon: {horizon}", f"  why: '{why}'"]
        lines += [f"  {sign}: [{low:.3f}, {likely + 0.001:.3f}, {high + 0.001:.3f}]"]
    return read_influence_file("\n".join(lines), BASE)


@settings(deadline=None, max_examples=60)
@given(changed_graphs())
def test_what_is_written_is_read_again(graph: InfluenceGraph) -> None:
    assert read_influence_file(write_influence_file(BASE), BASE) == BASE
    written = write_influence_file(graph, BASE)
    assert read_influence_file(written, BASE) == graph
    assert "!!" not in written


def test_what_is_gone_stays_gone_when_it_is_read_again() -> None:
    graph = links("- {from: price, to: sales, off: true}\n- {from: noise, to: sales, horizon: long, off: true}")
    assert read_influence_file(write_influence_file(graph, BASE), BASE) == graph


def test_a_picture_of_all_of_it() -> None:
    assert draw_influence(BASE).splitlines() == [
        "flowchart LR",
        '    price(["price"])',
        '    sales["sales"]',
        '    noise["noise"]',
        '    price -->|"−0.2"| sales',
        '    noise -.->|"−0.3"| sales',
    ]


def test_a_picture_of_what_is_near_and_of_the_chains_between() -> None:
    far = links("- {from: sales, to: noise, raises: barely, why: So.}")
    assert draw_influence(far, ["price"]).splitlines()[3:] == ['    price -->|"−0.2"| sales']
    both = draw_influence(factors(f"{NEW}  better: more"), ["mood", "price"])
    shown = ['    price(["price"])', '    sales["sales"]', '    mood["mood"]', '    price -->|"−0.2"| sales']
    assert both.splitlines()[1:] == shown
    assert '-->|"+0.1"| noise' in draw_influence(far, ["price", "noise"])
