"""The palette as CSS for components: custom properties that follow the reader's theme."""

from __future__ import annotations

from pages.figures.palette import (
    BACKGROUND,
    CLASS_FILLS,
    LIGHT_BORDER,
    LIGHT_BORDER_FROM,
    LINES,
    SOLID_TONES,
    TEXT,
    TONES,
)


def figure_css() -> str:
    """Style sheet with `--figure-*`, `--tone-*`, `--line-*` properties and `.fill-*` classes.

    Colours come from Streamlit's theme variables; on paper from the light theme; under forced
    colours from the system, where only the fills that carry the data are kept.
    """
    tones = "".join(f"--tone-{name}: {tone.css()}; " for name, tone in TONES.items())
    lines = "".join(f"--line-{name}: {width:g}px; " for name, width in LINES.items())
    fills = "".join(
        f".fill-{index} {{ fill: {colour}; stroke: {_border(index)}; }}\n"
        for index, colour in enumerate(CLASS_FILLS)
    )
    solids = "".join(
        f".fill-{status} {{ fill: var(--tone-{tone}); }}\n" for status, tone in SOLID_TONES.items()
    )
    return f"""
.figure {{
  --figure-text: var(--st-text-color, {TEXT});
  --figure-background: var(--st-background-color, {BACKGROUND});
  --figure-primary: var(--st-primary-color, {TEXT});
  {tones}
  {lines}
}}
@media (forced-colors: active) {{
  .figure {{
    --figure-text: CanvasText; --figure-background: Canvas; --figure-primary: Highlight;
  }}
}}
@media print {{
  .figure {{
    --figure-text: {TEXT}; --figure-background: {BACKGROUND}; --figure-primary: {TEXT};
    print-color-adjust: exact; -webkit-print-color-adjust: exact;
  }}
}}
{fills}{solids}"""


def _border(index: int) -> str:
    return LIGHT_BORDER if index >= LIGHT_BORDER_FROM else "var(--tone-border)"
