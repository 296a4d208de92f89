"""
What a table says once, at the head of a column, for all the cells under it.

In: a `Reading`. Out: for a figure in a row, the words above its column; for a bare number under "Capacity (MW)" or "Cost ($ bn)",
the quantity that it is. A row heads those that follow it when it holds no figure itself and has as many cells. Never reads the
first column of a row as a head: a row's own label stands in its sentence.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from ingest.extract.amounts.currencies import PREFIXES
from ingest.extract.amounts.quantities import Quantity
from ingest.extract.amounts.units import HECTARE, SQUARE_METRE, Kind
from ingest.extract.reading import Reading
from ingest.extract.text.segments import Block

RULE = re.compile(r"[\s|:=-]+")
IN_POWER = re.compile(
    r"(?:[(\[,] ?(?:in )?|\b(?:IT|capacity|power|load|size) )(?P<unit>[MG]W)\b|^(?P<whole>[MG]Ws?)$", re.IGNORECASE
)
IN_MONEY = re.compile(
    r"[(\[,] ?(?:in )?(?P<sign>US\$|USD|A\$|C\$|S\$|[$€£¥₹]|EUR|GBP) ?(?P<scale>bn|billions?|B|m|mn|millions?|M)\b|[(\[](?P<scale2>billions?|millions?) of (?P<word>dollars|euros)",
)
# "Acres", "Site area (ha)", "Floor space, sq ft".
IN_AREA = re.compile(
    r"(?:^|[(\[,] ?(?:in )?|\b(?:area|size|land|site|space|floor) )(?P<unit>acres|ac|hectares|ha|square feet|sq\.? ?ft|sqft|square met(?:re|er)s|sq\.? ?m|sqm|m2|m²)[)\]]?$",
    re.IGNORECASE,
)
SCALES = {"b": 1e9, "m": 1e6}
CODES = {"dollars": "USD", "euros": "EUR"}
LONGEST = 60
"""Characters of the longest cell that still is a head."""
MARKED = re.compile(r"[ +*†‡]*(?:[(\[]\w[)\]])?[ *]*")
"""What may follow the number in its cell: the mark of a note, "18 (g)"."""
WHOLE = re.compile(r"\s*(?:[~≈<>]|about|around|up to|over)? ?$")


class Columns:
    """The heads of all tables of one document."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.heads = self._heads()

    def _heads(self) -> dict[int, tuple[str, ...]]:
        """Start of a row -> the cells of the row that heads it."""
        blocks = self.reading.segments.blocks
        told = {q.start for q in self.reading.quantities if q.kind != "number"}
        told_blocks = {self.reading.block(start).start for start in told}
        found: dict[int, tuple[str, ...]] = {}
        head: tuple[str, ...] = ()
        section = -1
        for block, after in zip_longest(blocks, blocks[1:]):
            if block.kind != "row":
                if block.kind == "heading" or block.section != section:
                    head = ()
                continue
            cells = self._cells(block)
            if head and block.section == section and len(cells) == len(head):
                found[block.start] = head
            elif (
                after is not None
                and after.kind == "row"
                and len(cells) > 1
                and block.start not in told_blocks
                and all(len(cell) <= LONGEST for cell in cells)
                and (RULE.fullmatch(self._text(after)) or len(self._cells(after)) == len(cells))
            ):
                head, section = cells, block.section
        return found

    def _text(self, block: Block) -> str:
        return self.reading.text[block.start : block.end]

    def _cells(self, block: Block) -> tuple[str, ...]:
        return tuple(cell.strip(" *") for cell in self._text(block).strip().strip("|").split("|"))

    def over(self, offset: int) -> str:
        """The head of the column that `offset` stands in; "" outside tables and in the first column."""
        if not self.heads:
            return ""
        block = self.reading.block(offset)
        head = self.heads.get(block.start)
        if head is None:
            return ""
        before = self.reading.text[block.start : offset].lstrip()
        number = before.count("|") - before.startswith("|")
        return head[number] if 0 < number < len(head) else ""

    def measured(self, quantity: Quantity) -> Quantity:
        """`quantity` with the unit that the head of its column gives to bare numbers."""
        if quantity.kind != "number" or not self.heads or not (head := self.over(quantity.start)):
            return quantity
        text = self.reading.text
        block = self.reading.block(quantity.start)
        before = text[block.start : quantity.start].rpartition("|")[2]
        after = text[quantity.end : block.end].partition("|")[0]
        if not WHOLE.match(before) or not MARKED.fullmatch(after):
            return quantity
        if power := IN_POWER.search(head):
            unit = (power["unit"] or power["whole"]).upper()
            return _scaled(quantity, 1e3 if unit.startswith("GW") else 1.0, kind="power", unit="MW", word=unit.lower())
        if area := IN_AREA.search(head):
            word = area["unit"].lower()
            if word in HECTARE:
                return _scaled(quantity, HECTARE[word], kind="area", unit="ha", word=word)
            if factor := SQUARE_METRE.get(word):
                return _scaled(quantity, factor, kind="area", unit="m2", word=word)
        if money := IN_MONEY.search(head):
            scale = SCALES[(money["scale"] or money["scale2"])[0].lower()]
            sign = money["sign"]
            code = CODES[money["word"]] if money["word"] else PREFIXES.get(sign, "USD" if sign == "$" else sign)
            return _scaled(quantity, scale, kind="money", unit=code)
        return quantity


def _scaled(quantity: Quantity, factor: float, kind: Kind, unit: str, word: str = "") -> Quantity:
    return quantity._replace(
        kind=kind, unit=unit, low=quantity.low * factor, high=quantity.high * factor, unit_word=word, scaled=factor > 1
    )
