"""The oracle's small registers as production takes them: frames, files of every format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from queries.register import frames
from queries.register.calendar import parse_month
from queries.register.choices import Choices
from queries.register.in_memory import Register as Frames
from queries.register.in_memory import count_register
from queries.register.mapping import CodeList
from queries.register.plan import Plan
from queries.register.project import HOURS_SCHEMA, MEMBER_SCHEMA
from tests.oracles import register as oracle
from tests.oracles.registers import CODES

KOMMUNER = ("0101", "0147", "0155", "0185", "0316", "0400", "0563", "0825")
CODE_LIST = CodeList(CODES.benefits, CODES.offers, CODES.groups)
Key = tuple[str, str, str, str]
SCHEMAS: dict[str, dict[str, Any]] = {
    "benefits": {**frames.SPELL_SCHEMA, "benefit": pl.String},
    "offers": frames.OFFER_SCHEMA,
    "mentors": frames.MENTOR_SCHEMA,
    "flere_skal_med": MEMBER_SCHEMA,
    "hours": HOURS_SCHEMA,
}


def plan_for(
    choices: Choices, first: str, last: str, as_of: dt.date, code_list: CodeList = CODE_LIST
) -> Plan:
    """The question about a small register: production's form of the oracle's arguments."""
    return Plan(code_list, choices, parse_month(first), parse_month(last), as_of, KOMMUNER)


def frame_of(register: oracle.Register, stem: str) -> pl.DataFrame:
    """One input as a frame."""
    schema = SCHEMAS[stem]
    rows = [[getattr(row, name) for name in schema] for row in getattr(register, stem)]
    return pl.DataFrame(rows, schema=schema, orient="row")


def frames_of(register: oracle.Register) -> Frames:
    """All inputs as frames."""
    return Frames(*(frame_of(register, stem) for stem in SCHEMAS))


def counted(frame: pl.DataFrame) -> dict[Key, tuple[int, int]]:
    """Production's counts in the oracle's form."""
    return {(row[0], row[1], row[2], row[3]): (row[4], row[5]) for row in frame.iter_rows()}


def fast(register: oracle.Register, plan: Plan) -> dict[Key, tuple[int, int]]:
    """Production's counts of a register in memory."""
    return counted(count_register(frames_of(register), plan).frame)


def slow(register: oracle.Register, plan: Plan) -> dict[Key, tuple[int, int]]:
    """The oracle's counts for the same question."""
    return oracle.oracle_counts(
        register,
        CODES,
        plan.choices,
        str(plan.first),
        str(plan.last),
        plan.as_of,
        {int(code) for code in plan.kommuner},
    )


def joined(registers: Sequence[oracle.Register]) -> oracle.Register:
    """Several registers as one of different people."""
    step = 1000
    return oracle.Register(
        *(
            [
                replace(row, person=row.person + step * place)
                for place, register in enumerate(registers)
                for row in getattr(register, stem)
            ]
            for stem in SCHEMAS
        )
    )


def by_person(register: oracle.Register) -> oracle.Register:
    """The same rows, ordered by person in every input."""
    return oracle.Register(
        *(sorted(getattr(register, stem), key=lambda row: row.person) for stem in SCHEMAS)
    )


def write_mapping(folder: Path, code_list: CodeList = CODE_LIST, head: str = "") -> None:
    """Write a code list as TOML."""
    lines = [head]
    for section in ("benefits", "offers", "groups"):
        lines.append(f"[{section}]")
        lines += [f"{name} = {list(codes)}" for name, codes in getattr(code_list, section).items()]
    (folder / "mapping.toml").write_text("\n".join(lines) + "\n", "utf-8")


def write_register(register: oracle.Register, folder: Path, ending: str = "parquet") -> Path:
    """Write all inputs to `folder`, as Parquet or as CSV a Danish spreadsheet would make."""
    folder.mkdir(parents=True, exist_ok=True)
    write_mapping(folder)
    for stem in SCHEMAS:
        frame = frame_of(register, stem)
        if ending == "parquet":
            frame.write_parquet(folder / f"{stem}.parquet", row_group_size=7)
        else:
            frame.write_csv(
                folder / f"{stem}.csv", separator=";", include_bom=True, decimal_comma=True
            )
    return folder
