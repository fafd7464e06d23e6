"""Show what a table is made of at the service, to write its labels in the catalogue."""

from __future__ import annotations

from queries.sources.catalogue import Entry
from queries.sources.http import Client
from queries.sources.jobindsats.metadata import fetch_metadata
from queries.sources.jobindsats.section import JobindsatsSection
from queries.sources.jobindsats.tables import table_info
from queries.sources.kommune_names import KommuneNames


def describe_table(entry: Entry[JobindsatsSection], client: Client) -> str:
    """Return Danish lines on a table's dates, periods, areas and measures, as the service has them.

    Raises as `fetch_table`. Nothing is imported.
    """
    info = table_info(client, entry.table)
    section, names = entry.section, KommuneNames.from_csv()
    found = fetch_metadata(client, entry.table, section.hierarchy, section.period_type, names)
    used = {label for one in section.indicators for label in (one.numerator, one.share)}
    following = f"{info.next_on:%d.%m.%Y}" if info.next_on else "ikke oplyst"
    lines = [
        f"{info.name} ({entry.table})",
        f"Opdateret {info.updated_on:%d.%m.%Y}, næste {following}. {info.frequency}".rstrip(),
        f"Perioder: {len(found.periods)}, {found.periods[0]} til {found.periods[-1]}",
        f"Områder: {len(found.area_codes)} i {found.hierarchy}",
        *(f"Opdelt efter {key}: totalen hentes" for key in found.totals),
        "Mål:",
        *(f"  {'*' if name in used else '-'} {name}" for name in found.measures),
    ]
    if not section.indicators:
        lines.append("Ingen af dem er tilknyttet en indikator i kataloget endnu.")
    return "\n".join(lines)
