"""Make the fonts of exported figures from the variable Source Sans that Streamlit ships.

    uv run --with fonttools --with brotli --with streamlit pages/figures/fonts/make_fonts.py

Beside the font files: how wide each letter is, and its outline, for figures in programs that have
not the fonts. Run by hand when the characters or weights change; fonttools is needed here only.
The licence of Source Sans (OFL.txt) reserves the name 'Source' for unmodified copies, hence the
name Atlas Sans.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

# fonttools ships no types
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
FAMILY = "Atlas Sans"
WEIGHTS = {"Regular": 400, "Semibold": 600}
# Latin with all Nordic and European letters, and the signs of Danish typography and mathematics.
CHARACTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "–—‘’‚“”„†•…‰′″⁄€−×÷≈≠≤≥→←↑↓½¼¾")]


def main() -> None:
    """Write one TrueType file per weight and the advance widths of both."""
    spec = find_spec("streamlit")
    if spec is None or spec.origin is None:
        raise SystemExit("streamlit is not installed")
    (source,) = Path(spec.origin).parent.glob("static/static/media/SourceSansVF-Upright*")
    advances, shapes = {}, {}
    for style, weight in WEIGHTS.items():
        font = instantiateVariableFont(TTFont(source), {"wght": weight})
        options = Options()
        options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]
        options.hinting = False
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
        options.name_languages = [0x409]
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=CHARACTERS)
        subsetter.subset(font)
        _rename(font, style, weight)
        font.flavor = None
        font.save(HERE / f"AtlasSans-{style}.ttf")
        units = font["head"].unitsPerEm
        advances[style] = {
            chr(code): round(font["hmtx"][glyph][0] / units, 4)
            for code, glyph in sorted(font.getBestCmap().items())
        }
        shapes[style] = outlines(font)
    for name, values in (("advances", advances), ("outlines", shapes)):
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def outlines(font: TTFont) -> dict[str, str]:
    """Return each letter's outline as an SVG path, in the font's units with y upwards."""
    glyphs = font.getGlyphSet()
    found = {}
    for code, name in sorted(font.getBestCmap().items()):
        pen = SVGPathPen(glyphs)
        glyphs[name].draw(pen)
        found[chr(code)] = pen.getCommands()
    return found


def _rename(font: TTFont, style: str, weight: int) -> None:
    names = font["name"]
    for name_id, text in {
        1: FAMILY if style == "Regular" else f"{FAMILY} {style}",
        2: "Regular",
        3: f"3.052;AtlasSans-{style}",
        4: f"{FAMILY} {style}",
        6: f"AtlasSans-{style}",
        16: FAMILY,
        17: style,
    }.items():
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    if "STAT" in font:
        del font["STAT"]


if __name__ == "__main__":
    main()
