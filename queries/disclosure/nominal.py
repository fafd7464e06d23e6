"""Possible values of cells whose value is not known."""

from __future__ import annotations

from queries.disclosure.publication import Publication
from queries.disclosure.solver import Program, Status


def nominal(publication: Publication) -> dict[str, int]:
    """Return possible values of the cells whose value is not known. ValueError where none are."""
    asked = [cell for cell in publication.cells if cell.value is None]
    column = {cell.name: number for number, cell in enumerate(asked)}
    program = Program([c.low for c in asked], [c.high for c in asked], whole=True)
    for relation in publication.relations:
        terms = [(column[name], factor) for name, factor in relation.terms if name in column]
        if terms:
            known = sum(
                factor * (publication.by_name[name].value or 0)
                for name, factor in relation.terms
                if name not in column
            )
            program.add_row(
                terms,
                None if relation.low is None else relation.low - known,
                None if relation.high is None else relation.high - known,
            )
    answer = program.solve()
    if answer.status is not Status.OPTIMAL:
        raise ValueError("no values of the hidden cells fulfil the relations")
    return {cell.name: round(answer.values[column[cell.name]]) for cell in asked}
