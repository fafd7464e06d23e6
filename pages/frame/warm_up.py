"""Have everything imported and opened before the first visitor comes."""

from __future__ import annotations

import logging

import anyio.to_thread

from queries import UserError

_LOG = logging.getLogger(__name__)


async def warm_up() -> None:
    """Run the page script once without a browser; a fault is shown when a page is asked for."""
    await anyio.to_thread.run_sync(_import_and_query)


def _import_and_query() -> None:
    # Plotly looks at pandas while another thread may import it: a cold start with many visitors
    # then meets a half-made module.
    import pandas as pd  # noqa: F401

    from pages.exports.dataset import Asked, dataset
    from pages.frame import bundle
    from pages.frame.data import atlas
    from pages.indicator import page  # noqa: F401
    from pages.indlaes import indlaes  # noqa: F401
    from pages.initiativer import initiativer  # noqa: F401
    from pages.metode import fortrolighed, kilder, om, tilgaengelighed  # noqa: F401
    from pages.oversigt import overblik
    from pages.sammenligning import comparison, kommune, sammenlign  # noqa: F401
    from pages.samraad import samraad  # noqa: F401
    from pages.tabeltjek import tabeltjek  # noqa: F401

    bundle.log_problems()
    try:
        for indicator_id in atlas().indicators:
            dataset(atlas(), Asked(indicator_id, atlas().default_period(indicator_id)))
        overblik.prepare(atlas())
        # Brings the statistics library in, which takes longer than any page.
        comparison.everything(atlas(), "kommune")
    except UserError as error:
        _LOG.error("%s", error)  # the server runs on: pages and /healthz say so too
