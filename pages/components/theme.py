"""The palette as CSS for components: custom properties that follow the reader's theme."""

from __future__ import annotations

from pages.figures.palette import (
    BACKGROUND,
    CLASS_FILLS,
    DIVERGING_FILLS,
    LIGHT_BORDER,
    LINES,
    SOLID_TONES,
    TEXT,
    TONES,
    VERDICTS,
    light_border,
)


def figure_css() -> str:
    """Style sheet with `--figure-*`, `--tone-*`, `--line-*`, `--verdict-*` and `.fill-*` classes.

    Colours come from Streamlit's theme variables; on paper from the light theme; under forced
    colours from the system, where only the fills that carry the data are kept.
    """
    tones = "".join(f"--tone-{name}: {tone.css()}; " for name, tone in TONES.items())
    lines = "".join(f"--line-{name}: {width:g}px; " for name, width in LINES.items())
    verdicts = "".join(f"--verdict-{name}: {colour}; " for name, colour in VERDICTS.items())
    fills = "".join(
        f".fill-{index} {{ fill: {colour}; stroke: {_border(index)}; }}\n"
        for index, colour in enumerate(CLASS_FILLS)
    )
    fills += "".join(
        f".fill-d{index} {{ fill: {colour}; stroke: {_border(index, diverging=True)}; }}\n"
        for index, colour in enumerate(DIVERGING_FILLS)
    )
    dark = ", ".join(
        [f".on-{index}" for index in range(len(CLASS_FILLS)) if light_border(index)]
        + [
            f".on-d{index}"
            for index in range(len(DIVERGING_FILLS))
            if light_border(index, diverging=True)
        ]
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
  {verdicts}
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
{fills}{solids}.names text {{ fill: {TEXT}; }}
.names :is({dark}) {{ fill: {BACKGROUND}; }}
"""


def _border(index: int, *, diverging: bool = False) -> str:
    return LIGHT_BORDER if light_border(index, diverging=diverging) else "var(--tone-border)"
