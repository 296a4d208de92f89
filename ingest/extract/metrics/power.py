"""
Power told apart: what a site draws (`power`), what a plant supplies (`generation`), or neither.

In: megawatts in their sentence. Out: a verdict, or None for racks, chips, comparisons and arithmetic. Nouns of generation
(turbine, solar, reactor, battery, PPA) against nouns of load (data center, campus, critical IT load, compute). Never adds.
"""

from __future__ import annotations

import re

from ingest.extract.metrics.cues import find, load, outside, weigh
from ingest.extract.metrics.power_turns import (
    is_none,
    is_of_plant,
    is_served,
    is_sold_by_producer,
    is_sold_by_utility,
    without_neighbours,
)
from ingest.extract.metrics.view import Verdict, View
from ingest.extract.text.patterns import compiled

FAMILY = frozenset({"power"})

CUES = load("power")
COMPARISON = compiled(
    r"\b(?:equivalent|equal|comparable|compares?|as much as (?:a|the)|(?<!would )(?<!d )(?<!something )like) (?:to |of |in )?(?:\S+ ){0,6}$|\b(?:rule of thumb|for comparison|by comparison|for scale|typical|average)\b",
    re.IGNORECASE,
)
EACH = re.compile(r"^[\s,]*(?:\S+ )?(?:each|apiece|per (?:building|hall|site|rack|unit)|a piece)\b", re.IGNORECASE)
NUMBERED = compiled(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+(?:new |identical |additional |planned )?$",
    re.IGNORECASE,
)
# "each of the four buildings takes 34 MW": the verb tells it from "each rack in the 90 MW hall".
EACH_BEFORE = compiled(
    r"\b(?:each|every one)\b[^.;]{0,60}\b(?:takes?|draws?|has|have|with|is|are|will|would|uses?|using|needs?|at|rated|carr(?:y|ies|ying)|provid\w+|"
    r"offer\w*|holds?|holding|deliver\w*|support\w*|consum\w+|requir\w+|of)\b[^.;,]{0,24}$|\beach(?:\s(?!and\b|or\b|but\b)\w+)?\s*$",
    re.IGNORECASE,
)
SMALLEST_MW = 0.4
LONE_CLASS = 2.0
"""Up to here, megawatts sort customers into sizes."""
LONE_MW = 1000.0
"""A megawatt or a gigawatt as a measure of something else."""
GENERATION = compiled(
    r"\b(?:solar|wind|sun|storage|nuclear|reactors?|turbines?|gas|fuel[- ]cells?|power plants?|PPAs?|batter(?:y|ies)|generation|renewables?|geothermal|hydro)\b",
    re.IGNORECASE,
)
LOAD_NOUN = re.compile(
    r"^[\s-]*(?:of )?(?:\S+ ){0,3}(?:data[- ]?cent|campus|(?-i:IT)\b|critical|compute|cluster|load|hall|supercomput|grid (?:connection|capacity)|interconnection)",
    re.IGNORECASE,
)
SUPPLIES = compiled(
    r"\b(?:provid|suppl|furnish|power|feed)\w* [^.;]{2,60}? with (?:up to |as much as |about |around |some |more than |at least |another |an additional |the |its )*$",
    re.IGNORECASE,
)
# "the machine gets through 11 MW, as much as some thousands of homes": the verb tells load, whatever it is compared with.
DRAWS = compiled(
    r"\b(?:draw(?:s|ing)?|drew|consum(?:e|es|ed|ing)|us(?:e|es|ed|ing)|gets? through|need(?:s|ed)?|tak(?:e|es|ing)|pulls?|eats?|burns?|requir(?:e|es|ed|ing)|guzzl(?:e|es)) "
    r"(?:up to |about |around |roughly |some |over |more than |at least |at most |nearly |almost |as much as |another |an? |the )*$",
    re.IGNORECASE,
)
# "its own plant takes 90 MW from Hydro Tasmania": a site draws it, whoever makes it.
TAKES_IN = compiled(r"\b(?:draws?|drawing|drew|takes|consumes?)(?: \w+)? $")
BIG_DRAWER = re.compile(
    r"\b(?:city|cities|town|state|county|country|homes?|households?|island|New \w+|Manhattan|San \w+|Los Angeles|grid|smelter|refinery|steelworks|mill|each|average|typical)\b",
    re.IGNORECASE,
)
CITY_DRAWS = compiled(
    r"\b(?:city|town|island|Manhattan|homes|households|neighbou?rhood|population)(?: of [A-Z]\w+)?(?: as a whole| together)? "
    r"(?:uses?|draws?|pulls?|needs?|consumes?|takes?|gets? through) (?:up to |about |around |roughly |some |over |more than |nearly |almost )*$",
)
# "100 MW of additional capacity from Bloom Energy": who makes plants sells what they give.
FROM_MAKER = re.compile(
    r"(?: of (?:[\w-]+ ){0,3}(?:capacity|power|energy|equipment|servers|units|systems))? (?:from|by|made by|supplied by|ordered from) "
    r"(?:Bloom\b|GE Vernova|Siemens Energy|Mitsubishi (?:Power|Heavy)|Caterpillar|Cummins|W[äa]rtsil[äa]|Jenbacher|INNIO|Rolls-Royce|Baker Hughes|Solar Turbines|ProEnergy|Doosan|Boom\b|"
    r"Oklo|X-energy|Kairos|NuScale|TerraPower|Fervo|Westinghouse|Holtec|Aalo|Plug Power|FuelCell Energy|Fluence)"
)
OF_CELLS = re.compile(
    r" of (?:the |its |such |these |those |more )?(?:[\w'’-]+ ){0,2}(?:cells|engines|gensets|modules|panels)\b"
)
# "a typical 100 MW data center": one that nobody builds.
ANY_ONE = compiled(
    r"\b(?:an?|the|each|every|any) (?:typical|average|hypothetical|standard|single typical) $", re.IGNORECASE
)
# "The center would start at 20 MW", after one about the plant beside it.
SITE_SUBJECT = re.compile(
    r"(?:The|This|Its|Their|That) (?:[\w-]+ )?(?:cent(?:er|re)|campus|hall|building|data hall|site|facility|cluster|complex)\b(?! of)"
)
# "36 MW, fed by an ethanol plant": what a plant feeds.
FED_BY = re.compile(r",? (?:(?:to be|which is|all) )?(?:fed|powered|supplied|served|driven) (?:by|from|with|through) ")
# "the wind farms that back it; the one in Cuenca has 94 MW".
ONE_OF = re.compile(
    r"One(?: of them)?,? (?:of|with|has|is|at|for)\b|[Tt]he (?:one|other|larger|smaller|latter|bigger)\b(?! (?:site|campus|hall|building|phase))"
)
NEXT_TO = re.compile(r"\b(?:next to|near|opposite|beside) the $")
GIVES = compiled(
    r"\b(?:feed|send|suppl|deliver|provid|sell|yield|giv)\w* (?:up to |about |around |some |another |more than |over |as much as |the |its )*$",
    re.IGNORECASE,
)
# "Brown Station closed. It was designed for 600 MW": it is the plant.
IT = re.compile(r"(?:It|They|The (?:plant|unit|reactor|station|farm|turbine)s?|Both|Together they)\b")
PLANT = re.compile(
    r"\b(?:solar|wind|nuclear|reactors?|turbines?|fuel cells?|(?:power|gas|coal|nuclear|steam) (?:plants?|stations?)|energy cent(?:er|re)|generating station|batter(?:y|ies)|geothermal|hydro|dams?)\b",
    re.IGNORECASE,
)
SUBJECT = 40
"""Characters of a sentence in which its subject is looked for."""
# "fuel cells stand at 19 data centers, and the combined capacity will exceed 100 MW".
THE_WHOLE = compiled(
    r"\b(?:combined|total|aggregate|overall|installed|joint) (?:capacity|output)\b[^.;]{0,30}$", re.IGNORECASE
)
# "bookings of zero to one megawatt": a class of customers.
SIZE_CLASS = compiled(r"\b(?:zero|0) ?(?:to|-|–) ?$", re.IGNORECASE)
# "the greater than one megawatt segment": the same, by its floor or ceiling.
OF_A_SIZE = re.compile(
    r"[- ](?:(?:plus|and (?:up|above|below|under)|or (?:more|less)|\+)[- ])?(?:plus )?(?:category|segment|bucket|class|band|leas(?:es|ing)|deals|bookings|customers|product|business|tier|size)\b",
    re.IGNORECASE,
)

# "a megawatt costs what it costs".
COSTS = re.compile(r" (?:costs?|is worth|takes|needs)\b")
OF_THEM = re.compile(r" of (?:them|these|those|it)\b")
OF_PLANTS = re.compile(
    r"[\s-]*campus of (?:\w+ ){0,3}(?:reactors|turbines)|[\s-]*(?:of )?(?:\S+ ){0,2}(?:wind|solar|batter|turbine|gas\b|nuclear|storage|reactor|generation|generating|self-generation|co-?generation|power plant|energy cent|renewable|PPA|hydro(?! One| Ottawa|[- ]Qu[eé]|[- ]Tas)|geothermal|fuel cell|uprate|(?:clean|carbon-free|zero-carbon|low-carbon|green|firm|baseload)(?: \w+)? (?:energy|power|electricity)|plant\b|pumped|natural gas|engines|panels\b|sun\b)",
    re.IGNORECASE,
)
PLANT_OF = compiled(
    r"\b(?:rated (?:at )?|plant |turbines? |(?:reactors?|turbines?|plants?|batteries|panels|engines|generators|farms?) (?:of|with|totall?ing|producing|rated at) (?:a (?:combined|total) )?(?:\w+ )?|reactors? |panels |farm )$",
    re.IGNORECASE,
)
OF_LOAD = re.compile(
    r"[\s-]*(?:of )?(?:\S+ ){0,3}(?:data[- ]?cent|campus|(?-i:IT)\b|critical|compute|cluster|load|hall|site\b|facility\b|supercomput|(?:grid|import|interconnection|utility) (?:connection|capacity|agreement|allocation))",
    re.IGNORECASE,
)
MADE = compiled(
    r"\b(?:turn|churn)(?:s|ing)? out (?:about |up to |some )?$|\b(?:make|build|produce)s? (?:about |up to |some )?$"
)
DEFINITION = re.compile(r"^\s?(?:is (?:a rate|not a number|the same)|= |⊂)|^ all year")
MARKET = re.compile(
    r"\b(?:demand|globally|worldwide|nationwide|the world|industry|market|sector|country|nation|utilities)\b",
    re.IGNORECASE,
)


def classify(view: View) -> Verdict | None:
    """Decide whether `view.quantity` is load or generation; None when it is neither."""
    quantity = view.quantity
    after, window = view.after(60), view.window(90)
    before = window.text
    if quantity.rate and not re.match(r"\s(?:a|an) (?:site|campus|day)", after):
        return None
    if quantity.high < SMALLEST_MW or (EACH.match(after) and not NUMBERED.seek(window)) or EACH_BEFORE.seek(window):
        return None
    if quantity.unit_word in {"kw", "kilowatt", "kilowatts", "kws"} and re.search(
        r"\brack|\bper\b|\bchip|\bhome", view.sentence, re.IGNORECASE
    ):
        return None
    if quantity.high <= LONE_MW and COSTS.match(after):
        return None
    if MADE.seek(window) and re.match(r" of (?:gas )?turbines\b", after):
        return None  # what a factory turns out, not what a plant gives
    if (
        SIZE_CLASS.seek(window)
        or (quantity.high <= LONE_CLASS and quantity.qualifier in {"at_least", "up_to"} and OF_A_SIZE.match(after))
        or CITY_DRAWS.seek(window)
        or ANY_ONE.seek(window)
    ):
        return None
    if is_none(before, after):
        return None
    if NEXT_TO.search(before) and PLANT.search(after[:30]):
        return None  # "next to the 1,500 MW power plant" that was there before
    if DEFINITION.match(after) or before.endswith(("= ", "⊂ ")):
        return None
    found = without_neighbours(
        view, outside(find(CUES, view.text, view.sentence_start, view.sentence_end), view.company_spans)
    )
    scores = dict(weigh(view.text, found, quantity.start, quantity.end, view.others))
    if OF_PLANTS.match(after):
        scores["generation"] = scores.get("generation", 0.0) + 4.0
    if OF_LOAD.match(after):
        near = GENERATION.search(before[-28:]) is not None and not LOAD_NOUN.search(after[:40])
        scores["power"] = scores.get("power", 0.0) + (0.0 if near else 2.0)
    site = SITE_SUBJECT.match(view.sentence) is not None
    if quantity.unit_word in {"mwe", "gwe", "mwp", "gwp", "mwac", "mwdc"} or (
        PLANT_OF.seek(window) and not (site and before.endswith("rated at "))
    ):
        scores["generation"] = scores.get("generation", 0.0) + 3.0
    if SUPPLIES.seek(window) and not is_sold_by_utility(view):
        scores["generation"] = scores.get("generation", 0.0) + 4.0
    if (
        FROM_MAKER.match(after)
        or OF_CELLS.match(after)
        or is_of_plant(view)
        or (is_sold_by_producer(view) and not TAKES_IN.seek(window))
    ):
        scores["generation"] = scores.get("generation", 0.0) + 4.0
    if OF_THEM.match(after):
        # "Bloom's cells are there sooner. 2.8 GW of them may power Oracle": the noun stands in the sentence before.
        earlier = find(CUES, view.text, view.previous_start, quantity.start)
        for label, value in weigh(view.text, earlier, quantity.start, quantity.end).items():
            scores[label] = scores.get(label, 0.0) + 2.0 * value
    if is_served(view) or quantity.unit_word == "mva":
        scores["power"] = scores.get("power", 0.0) + 3.0
    if DRAWS.seek(window) and not BIG_DRAWER.search(before) and not GENERATION.search(before[-60:]):
        scores["power"] = scores.get("power", 0.0) + 3.0
        scores.pop("none", None)
    if GIVES.seek(window) and PLANT.search(view.sentence[:SUBJECT]):
        scores["generation"] = scores.get("generation", 0.0) + 5.0
    if IT.match(view.sentence) and scores.get("power", 0.0) < 2.0:
        subject = view.text[view.previous_start : min(view.sentence_start, view.previous_start + SUBJECT)]
        if PLANT.search(subject) and not LOAD_NOUN.search(subject):
            scores["generation"] = scores.get("generation", 0.0) + 2.0
    elif ONE_OF.match(view.sentence) and scores.get("power", 0.0) < 2.0:
        told = view.text[max(view.previous_start, view.sentence_start - 60) : view.sentence_start]
        if PLANT.search(told):
            scores["generation"] = scores.get("generation", 0.0) + 2.0
    if FED_BY.match(after):
        scores["power"] = scores.get("power", 0.0) + 4.0
    if site and not PLANT.search(view.sentence):
        scores["power"] = scores.get("power", 0.0) + 2.0
    if THE_WHOLE.seek(window) and (
        GENERATION.search(view.sentence)
        if view.topic == "generation"
        else IT.match(view.sentence) and PLANT.search(before) and not LOAD_NOUN.search(before)
    ):
        scores["generation"] = scores.get("generation", 0.0) + 4.0
    if COMPARISON.seek(view.window(40)):
        scores["none"] = scores.get("none", 0.0) + 1.5
    for item in find(CUES, view.column, 0, len(view.column)) if view.column else ():
        scores[item.cue.label] = scores.get(item.cue.label, 0.0) + 0.7 * item.cue.weight
    heading_start, heading_end = view.heading_span
    plants_above = GENERATION.search(view.text, heading_start, heading_end) is not None
    for item in find(CUES, view.text, heading_start, heading_end):
        scores[item.cue.label] = scores.get(item.cue.label, 0.0) + 0.2
    if view.topic == "generation" and scores.get("power", 0.0) < 2.2 and not LOAD_NOUN.search(after[:40]):
        # Items under a heading of plants, and sentences after one about a plant, go on about plants.
        scores["generation"] = scores.get("generation", 0.0) + (1.6 if plants_above else 0.8)
    elif plants_above and not LOAD_NOUN.search(after[:40]):
        scores["generation"] = scores.get("generation", 0.0) + 0.8
    scores.setdefault("power", 0.3)
    ranked = sorted(scores.items(), key=lambda kv: -kv[1])
    label, best = ranked[0]
    rest = ranked[1][1] if len(ranked) > 1 else 0.0
    if label == "none":
        return None
    return Verdict(label, (best - rest) / (best + rest), quantity.start, quantity.end)  # type: ignore[arg-type]
