"""Small pieces of SVG text: numbers, attributes, elements."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr


def element(name: str, content: str = "", **attributes: str | float) -> str:
    """`<name …>content</name>`; `_` in attribute names is written `-`, content is taken as SVG."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_text(value))}"
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(content: str, x: float, y: float, size: float, **attributes: str | float) -> str:
    """One line of text with its baseline at `y`."""
    return element("text", escape(content), x=x, y=y, font_size=size, **attributes)


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
