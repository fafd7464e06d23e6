"""What the published definitions leave open: one named choice each, with a documented default.

Pure and light: the method page lists what stands here, the run report prints it, the computation
and the oracle honour it. Source of the questions: the note under table 1 of BEU alm. del spm. 554
and the letter of 7 May 2019 to the mayors in Flere skal med, each silent on these points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from queries.errors import UserError
from queries.register import choice_values as v


@dataclass(frozen=True)
class Choice:
    """One open point: its id, the question in Danish, and the meaning of every value.

    `options` maps each value to Danish text; a whole number (weeks, months) has none and stands
    between `low` and `high` instead. Which indicators it touches stands in their files.
    """

    name: str
    question: str
    options: Mapping[str, str]
    low: int = 0
    high: int = 0


@dataclass(frozen=True)
class Choices:
    """The parameters of every indicator computed from a register; defaults are the attested ones.

    Attested are 52 weeks, an interruption of 4 weeks, one year back, at least one week of the
    month, and the boundary of 9 months. What the texts leave open has the default explained in
    CHOICES. Raises UserError for a value that does not exist.
    """

    seniority_weeks: int = 52
    seniority: v.Seniority = "benefit_weeks"
    interruption_weeks: int = 4
    interruption_limit: v.InterruptionLimit = "joins"
    snapshot: v.Snapshot = "any_week"
    week_month: v.WeekMonth = "overlap"
    snapshot_week: v.SnapshotWeek = "last"
    year_back: v.YearBack = "12_months"
    year_far_end: v.FarEnd = "open"
    year_anchor: v.YearAnchor = "month_end"
    kommune_course: v.KommuneCourse = "follows"
    codes: v.Codes = "joined"
    overlap: v.Overlap = "both"
    group_2_boundaries: tuple[int, ...] = (3, 6, 9)
    group_2_time: v.GroupTime = "calendar"
    group_2_limit: v.GroupLimit = "more_than"
    without_offer_over: v.WithoutOfferOver = "all_three"
    changed_over: v.ChangedOver = "ever_referred"
    effort_group: v.EffortGroup = "in_force"
    exit_rules_out: v.ExitRulesOut = "all_benefits"

    def __post_init__(self) -> None:
        for name, choice in CHOICES.items():
            _check(choice, getattr(self, name))

    @property
    def longest_gap(self) -> int:
        """The longest interruption in weeks that does not break a course."""
        return self.interruption_weeks - (self.interruption_limit == "breaks")

    def as_dict(self) -> dict[str, object]:
        """Return every choice with its value, for the run report."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def parse_choices(given: Mapping[str, str]) -> Choices:
    """Return choices from text values, as a command or a file gives them; see `Choices`."""
    values: dict[str, object] = {}
    for name, text in given.items():
        if name not in CHOICES:
            raise UserError(f"Ukendt valg: {name!r}. Vælg mellem: {', '.join(CHOICES)}.")
        try:
            values[name] = _parse(name, text)
        except ValueError:
            raise UserError(f"Valget {name} skal være hele tal, men er {text!r}.") from None
    return Choices(**values)  # type: ignore[arg-type]  # checked when made


def _parse(name: str, text: str) -> object:
    if name == "group_2_boundaries":
        return tuple(int(part) for part in text.split(","))
    return text if CHOICES[name].options else int(text)


def _check(choice: Choice, value: object) -> None:
    if choice.options:
        if value not in choice.options:
            raise UserError(
                f"Valget {choice.name} kan ikke være {value!r}. "
                f"Vælg mellem: {', '.join(choice.options)}."
            )
        return
    numbers = value if isinstance(value, tuple) else (value,)
    whole = all(isinstance(n, int) and choice.low <= n <= choice.high for n in numbers)
    if not whole or not numbers or list(numbers) != sorted(set(numbers)):
        raise UserError(
            f"Valget {choice.name} skal være hele tal fra {choice.low} til {choice.high}"
            f"{' i stigende orden' if isinstance(value, tuple) else ''}, men er {value!r}."
        )


CHOICES: dict[str, Choice] = {
    choice.name: choice
    for choice in (
        Choice(
            "seniority_weeks",
            "Hvor mange ugers sammenhængende forløb kræves?",
            {},
            1,
            520,
        ),
        Choice(
            "seniority",
            "Tæller ugerne i en kort afbrydelse med i de 52 uger?",
            {
                "benefit_weeks": "Nej: 52 uger med ydelse",
                "elapsed": "Ja: 52 uger siden forløbet begyndte",
            },
        ),
        Choice(
            "interruption_weeks",
            "Hvor lang er den afbrydelse i uger, som afbrydelseskriteriet nævner?",
            {},
            0,
            104,
        ),
        Choice(
            "interruption_limit",
            "Bryder en afbrydelse på præcis det antal uger forløbet?",
            {"joins": "Nej: kun en længere afbrydelse bryder", "breaks": "Ja"},
        ),
        Choice(
            "snapshot",
            "Er nedslaget måneden eller dens første dag?",
            {
                "any_week": "Mindst en uge i måneden (anmærkningen under tabellen)",
                "first_day": "Ugen med månedens første dag (svarets tekst: 'pr. 1. juni')",
            },
        ),
        Choice(
            "week_month",
            "Hvilke uger hører til en måned?",
            {
                "overlap": "Alle uger med mindst en dag i måneden",
                "monday": "Uger, hvis mandag ligger i måneden",
                "thursday": "Uger, hvis torsdag ligger i måneden",
                "within": "Kun uger helt inden for måneden",
            },
        ),
        Choice(
            "snapshot_week",
            "I hvilken af månedens uger med ydelse aflæses anciennitet og kommune?",
            {"last": "Den sidste", "first": "Den første"},
        ),
        Choice(
            "year_back",
            "Hvor langt er 'det seneste år'?",
            {"12_months": "12 måneder", "52_weeks": "52 uger", "53_weeks": "53 uger"},
        ),
        Choice(
            "year_far_end",
            "Tæller et tilbud, der sluttede på dagen præcis et år før?",
            {"open": "Nej", "closed": "Ja"},
        ),
        Choice(
            "year_anchor",
            "Hvorfra regnes året tilbage?",
            {
                "month_end": "Fra månedens sidste dag",
                "month_start": "Fra månedens første dag",
                "snapshot_week": "Fra søndag i den uge, hvor borgeren aflæses",
            },
        ),
        Choice(
            "kommune_course",
            "Begynder ancienniteten forfra, når borgeren flytter kommune?",
            {"follows": "Nej: den følger borgeren", "restarts": "Ja"},
        ),
        Choice(
            "codes",
            "Er to koder for samme ydelse ét forløb?",
            {"joined": "Ja", "separate": "Nej: hver kode har sin anciennitet"},
        ),
        Choice(
            "overlap",
            "Hvad gælder, når to ydelser overlapper?",
            {
                "both": "Borgeren tæller med i begge",
                "precedence": "Kun den ydelse, der står først i kodelisten",
            },
        ),
        Choice(
            "group_2_boundaries",
            "Hvilke grænser i måneder deler tiden i gruppe 2? Kun 9 er nævnt i brevet",
            {},
            1,
            120,
        ),
        Choice(
            "group_2_time",
            "Hvordan regnes en måned i gruppe 2?",
            {
                "calendar": "Efter kalenderen: fra den 15. til den 15.",
                "days": "I dage: 365,25/12 dage pr. måned, afrundet",
            },
        ),
        Choice(
            "group_2_limit",
            "Er præcis 9 måneder 'mere end 9 måneder'?",
            {"more_than": "Nej", "at_least": "Ja"},
        ),
        Choice(
            "without_offer_over",
            "Hvem er 'uden tilbud' en andel af?",
            {
                "all_three": "Alle i gruppe 2 på kontanthjælp, uddannelseshjælp eller "
                "integrationsydelse",
                "kontanthjaelp": "Kun dem på kontanthjælp",
            },
        ),
        Choice(
            "changed_over",
            "Hvem er 'skiftet ydelse' en andel af?",
            {
                "ever_referred": "Alle, der er visiteret til gruppe 2 indtil da",
                "in_project": "Dem, der stadig er i gruppe 2",
            },
        ),
        Choice(
            "effort_group",
            "Hvem er indsatsgruppen?",
            {
                "in_force": "Dem, der er i indsatsen på opgørelsesdagen",
                "ever": "Alle, der er eller har været i indsatsen",
            },
        ),
        Choice(
            "exit_rules_out",
            "Hvilke ydelser udelukker, at nogen er helt afgået til beskæftigelse?",
            {
                "all_benefits": "Enhver offentlig ydelse i registret",
                "listed": "Kun ydelserne i kodelisten",
                "three": "Kun kontanthjælp, uddannelseshjælp og integrationsydelse",
            },
        ),
    )
}
"""Every open choice by name, in the order of the definitions."""
