"""`.streamlit/config.toml` against the installed Streamlit, which only warns of unknown keys."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

ROOT = Path(__file__).parents[3]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def _keys(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _keys(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def test_every_key_exists() -> None:
    assert [key for key, _ in _keys(CONFIG) if key not in config._config_options_template] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("browser.gatherUsageStats", False),
        ("client.showErrorDetails", "none"),
        ("client.showErrorLinks", False),
        ("client.toolbarMode", "minimal"),
        ("client.allowedOrigins", []),
        ("runner.postScriptGC", False),
        ("server.enableAgentApi", False),
        ("server.enableCORS", True),
        ("server.enableXsrfProtection", True),
        ("server.headless", True),
        ("server.port", 8501),
        ("server.scriptHealthCheckEnabled", True),
    ],
)
def test_settings_that_matter(key: str, value: object) -> None:
    assert dict(_keys(CONFIG))[key] == value


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_colours_have_contrast_on_every_background(theme: str) -> None:
    """WCAG 2.1, 1.4.3: 4.5:1 for text; 1.4.11: 3:1 for the borders of fields."""
    colours = CONFIG["theme"][theme]
    sidebar = colours["sidebar"]
    backgrounds = {
        colours["backgroundColor"],
        colours["secondaryBackgroundColor"],
        sidebar["backgroundColor"],
        sidebar["secondaryBackgroundColor"],
    }
    texts = [v for k, v in colours.items() if k.endswith("TextColor")]
    texts += [colours["textColor"], colours["linkColor"], colours["primaryColor"]]
    assert len(texts) == 9
    for background in backgrounds:
        for text in texts:
            assert _contrast(text, background) >= 4.5, (text, background)
        assert _contrast(colours["borderColor"], background) >= 2.8, background
    assert _contrast(colours["borderColor"], colours["backgroundColor"]) >= 3


def test_contrast_formula() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
