"""Cut the typefaces for paper out of their variable originals (a maintainer's job, never run at install).

The originals are the variable TrueType files of Inter 4.1 and Newsreader, both under the
SIL Open Font License with no reserved name. For each weight on paper this writes a static
TrueType file of at most 90 KB; for the display face also its kerning, which the PDF library
does not read by itself. Needs fonttools.

    python scripts/subset_fonts.py "Inter[opsz,wght].ttf" "Newsreader[opsz,wght].ttf"
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TARGET = Path(__file__).resolve().parent.parent / "lms" / "paper" / "fonts"
HEAVIEST = 90 * 1024
SMALLEST_KERN = 8  # thousandths of the type size

# Latin with everything Northern, Lule, Southern and Skolt Sámi, Kven, Nordic, Baltic, Polish,
# Turkish, Romanian and Vietnamese names need; Greek and Cyrillic, which only Inter has (a name
# with such a letter is set in Inter as a whole); then the punctuation of running text.
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x18F, 0x18F),
    (0x1A0, 0x1A1),
    (0x1AF, 0x1B0),
    (0x1B7, 0x1B7),
    (0x1CD, 0x1DC),
    (0x1E2, 0x1EF),
    (0x1FA, 0x1FF),
    (0x218, 0x21B),
    (0x259, 0x259),
    (0x292, 0x292),
    (0x2B9, 0x2BC),
    (0x370, 0x3FF),
    (0x400, 0x52F),
    (0x1E00, 0x1EFF),
)
PUNCTUATION = "‒–—―‘’‚“”„†‡•…‰′″‹›⁄€№™−"

FACES = (
    # file, family, style, source (position on the command line), axes
    ("inter-regular", "Inter Paper", "Regular", 0, {"wght": 400, "opsz": 14}),
    ("inter-semibold", "Inter Paper SemiBold", "Regular", 0, {"wght": 600, "opsz": 14}),
    ("newsreader-medium", "Newsreader Paper Medium", "Regular", 1, {"wght": 500, "opsz": 36}),
)


def wanted(sources: list[str]) -> list[set[int]]:
    """The letters to keep of each source. Inter holds all: it stands in where the display face has a gap."""
    letters = {code for first, last in RANGES for code in range(first, last + 1)}
    letters |= {ord(letter) for letter in PUNCTUATION}
    letters &= set(TTFont(sources[0]).getBestCmap())
    return [letters, letters & set(TTFont(sources[1]).getBestCmap())]


def rename(font: TTFont, family: str, style: str) -> None:
    """Give each weight its own names; the PDF library takes two files of one name for one font."""
    full = family if style == "Regular" else f"{family} {style}"
    names = {1: family, 2: style, 4: full, 6: full.replace(" ", "")}
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 13, 14)]
    for identity, text in names.items():
        table.setName(text, identity, 3, 1, 0x409)
        table.setName(text, identity, 1, 0, 0)


def cut(source: str, axes: Mapping[str, float], letters: set[int]) -> TTFont:
    """A static instance at the given axes with only the wanted letters."""
    font = instancer.instantiateVariableFont(TTFont(source), axes)
    options = subset.Options(hinting=False, layout_features=["kern"], glyph_names=False, notdef_outline=True)
    options.name_IDs = [0, 13, 14]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=letters)
    worker.subset(font)
    return font


def kerning(font: TTFont) -> dict[tuple[str, str], int]:
    """Horizontal kerning of every pair of letters, in thousandths of the type size."""
    scale = 1000 / font["head"].unitsPerEm
    letters: dict[str, list[str]] = {}
    for code, glyph in font.getBestCmap().items():
        letters.setdefault(glyph, []).append(chr(code))
    pairs: dict[tuple[str, str], int] = {}
    for left, right, value in _pair_values(font["GPOS"].table, set(letters)):
        for a in letters[left]:
            for b in letters[right]:
                if not (a.isspace() or b.isspace()):
                    pairs.setdefault((a, b), round(value * scale))
    # steps of 4 thousandths are 0.07 mm in the largest name: finer is not seen, and the table halves
    steps = {pair: 4 * round(value / 4) for pair, value in pairs.items()}
    return {pair: value for pair, value in steps.items() if abs(value) >= SMALLEST_KERN}


def _pair_values(gpos: Any, glyphs: set[str]) -> Any:
    """Every (left, right, units) in the order in which a shaping engine would find them."""
    for lookup in gpos.LookupList.Lookup:
        for held in lookup.SubTable:
            table = getattr(held, "ExtSubTable", held)
            if table.LookupType != 2:
                continue
            covered = [glyph for glyph in table.Coverage.glyphs if glyph in glyphs]
            if table.Format == 1:
                sets = dict(zip(table.Coverage.glyphs, table.PairSet, strict=True))
                for left in covered:
                    for record in sets[left].PairValueRecord:
                        if record.SecondGlyph in glyphs:
                            yield left, record.SecondGlyph, getattr(record.Value1, "XAdvance", 0)
                continue
            for left in covered:
                row = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)].Class2Record
                for right in glyphs:
                    value = row[table.ClassDef2.classDefs.get(right, 0)].Value1
                    yield left, right, getattr(value, "XAdvance", 0) if value else 0


def grouped(pairs: dict[tuple[str, str], int]) -> list[tuple[str, dict[str, int]]]:
    """Letters that kern alike, together: [(left letters, {right letters: thousandths})]."""
    rows: dict[str, dict[str, int]] = {}
    for (left, right), value in pairs.items():
        rows.setdefault(left, {})[right] = value
    alike: dict[tuple[tuple[str, int], ...], str] = {}
    for left in sorted(rows):
        key = tuple(sorted(rows[left].items()))
        alike[key] = alike.get(key, "") + left
    out = []
    for key, lefts in alike.items():
        by_value: dict[int, str] = {}
        for right, value in key:
            by_value[value] = by_value.get(value, "") + right
        out.append((lefts, {rights: value for value, rights in sorted(by_value.items())}))
    return out


def main() -> None:
    """Write the three faces and the display face's kerning beside their licences."""
    sources = sys.argv[1:3]
    letters = wanted(sources)
    for file, family, style, source, axes in FACES:
        font = cut(sources[source], axes, letters[source])
        if file.startswith("newsreader"):
            table = grouped(kerning(font))
            (TARGET / f"{file}.kerning.json").write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")))
        del font["GPOS"]
        rename(font, family, style)
        path = TARGET / f"{file}.ttf"
        font.save(path)
        size = path.stat().st_size
        print(f"{path.name}: {size} bytes, {len(letters[source])} letters")
        assert size <= HEAVIEST, path


if __name__ == "__main__":
    main()
