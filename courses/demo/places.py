"""Where the demo organisation is: its units, their bodies, and how its people are spread.

The municipalities are facts (Statistics Norway, KLASS, CC BY 4.0: see data/ATTRIBUTION);
that an organisation has a branch in each of them is invented.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from random import Random

FOUNDED = date(1995, 5, 13)
NATIONAL = "national"
NORDLAND = "fylke-18"

# Number of the county (2024): Norwegian name, first day under that number, thousands living there.
COUNTIES: dict[str, tuple[str, date, int]] = {
    "03": ("Oslo", FOUNDED, 717),
    "11": ("Rogaland", FOUNDED, 500),
    "15": ("Møre og Romsdal", FOUNDED, 270),
    "18": ("Nordland", FOUNDED, 243),
    "31": ("Østfold", date(2024, 1, 1), 312),
    "32": ("Akershus", date(2024, 1, 1), 730),
    "33": ("Buskerud", date(2024, 1, 1), 270),
    "34": ("Innlandet", date(2020, 1, 1), 377),
    "39": ("Vestfold", date(2024, 1, 1), 257),
    "40": ("Telemark", date(2024, 1, 1), 177),
    "42": ("Agder", date(2020, 1, 1), 320),
    "46": ("Vestland", date(2020, 1, 1), 650),
    "50": ("Trøndelag", date(2018, 1, 1), 485),
    "55": ("Troms", date(2024, 1, 1), 170),
    "56": ("Finnmark", date(2024, 1, 1), 75),
}

# Thousands living in the larger municipalities, roughly; all others count as small.
LARGER: dict[str, int] = {
    "0301": 717, "1101": 15, "1103": 148, "1106": 38, "1108": 83, "1119": 19, "1120": 20,
    "1121": 20, "1124": 28, "1149": 43, "1505": 24, "1506": 32, "1508": 58, "1577": 11,
    "1579": 13, "1804": 53, "1806": 21, "1824": 13, "1833": 26, "1841": 10, "1860": 12,
    "1865": 10, "1870": 11, "3101": 31, "3103": 52, "3105": 59, "3107": 85, "3118": 47,
    "3201": 130, "3203": 98, "3205": 93, "3207": 63, "3209": 43, "3301": 104, "3303": 28,
    "3305": 31, "3312": 28, "3401": 18, "3403": 33, "3405": 29, "3407": 31, "3411": 35,
    "3420": 22, "3901": 28, "3903": 26, "3905": 59, "3907": 66, "3909": 48, "3911": 27,
    "4001": 37, "4003": 56, "4005": 13, "4012": 14, "4202": 25, "4203": 46, "4204": 117,
    "4205": 23, "4601": 292, "4614": 19, "4626": 39, "4627": 30, "4631": 30, "4640": 12,
    "4647": 22, "5001": 214, "5006": 24, "5007": 15, "5035": 25, "5037": 20, "5038": 15,
    "5059": 19, "5501": 78, "5503": 25, "5530": 15, "5601": 21, "5603": 11, "5605": 10,
}  # fmt: skip

# Counties where nynorsk is common.
NYNORSK = ("11", "15", "40", "46")

# The first day an annual meeting may fall on, and over how many weeks they are spread: first the
# municipal branches, then the counties, then the congress.
MEETING_SEASON = {"municipal": (2, 1, 6), "county": (3, 1, 3), "national": (4, 22, 1)}
MONTHS = ("januar", "februar", "mars", "april")


@dataclass(frozen=True)
class Unit:
    """One part of the organisation; `code` is a stable key ("fylke-18", "kommune-1804")."""

    code: str
    name: str
    kind: str  # "national", "county" or "municipal"
    parent: str | None
    valid_from: date


@dataclass(frozen=True)
class Body:
    """An elected body of a unit: its board, or the committee that nominates to it."""

    unit: str
    kind: str  # "board" or "nominating"
    name: str


def make_units() -> tuple[Unit, ...]:
    """The national unit, the 15 county branches, the 357 municipal branches: parents first."""
    counties = [
        Unit(f"fylke-{number}", f"{name} fylkeslag", "county", NATIONAL, since)
        for number, (name, since, _) in COUNTIES.items()
    ]
    national = Unit(NATIONAL, "Folkeforeningen", "national", None, FOUNDED)
    return (national, *counties, *_municipal_branches())


def _municipal_branches() -> list[Unit]:
    source = resources.files("courses.demo") / "data" / "municipalities-2024.csv"
    rows = list(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))
    times = Counter(row["norwegian_name"] for row in rows)
    units = []
    for row in rows:
        name, number = row["norwegian_name"], row["code"][:2]
        if times[name] > 1:
            name = f"{name} ({COUNTIES[number][0]})"
        if number == "03":  # the city is its own county: say which of the two branches is meant
            name = f"{name} kommunelag"
        # A branch is never older than the organisation, nor than the branch above it.
        since = max(date.fromisoformat(row["code_since"]), COUNTIES[number][1])
        units.append(Unit(f"kommune-{row['code']}", name, "municipal", f"fylke-{number}", since))
    return units


def make_bodies(units: tuple[Unit, ...]) -> tuple[Body, ...]:
    """A board for every unit, a nomination committee for the counties and nationally."""
    boards = [Body(unit.code, "board", "Styret") for unit in units]
    committees = [Body(unit.code, "nominating", "Valgkomiteen") for unit in units if unit.kind != "municipal"]
    return (*boards, *committees)


def spread(units: tuple[Unit, ...], members: int, in_nordland: int, rng: Random) -> list[str]:
    """One municipal unit code per member, in random order.

    Nordland gets exactly `in_nordland`, because a whole county of people waits for
    certificates there; the other counties share the rest by the people living there.
    """
    others = {f"fylke-{n}": people for n, (_, _, people) in COUNTIES.items() if n != "18"}
    quota = {NORDLAND: in_nordland} | _apportion(others, members - in_nordland)
    placed: list[str] = []
    for county, count in quota.items():
        branches = [unit.code for unit in units if unit.parent == county]
        weights = [_pull(code, rng) for code in branches]
        placed += rng.choices(branches, weights, k=count)
    rng.shuffle(placed)
    return placed


def _apportion(weights: dict[str, int], seats: int) -> dict[str, int]:
    """Largest remainders, after one seat for everybody."""
    free, total = seats - len(weights), sum(weights.values())
    shares = {key: free * weight / total for key, weight in weights.items()}
    result = {key: 1 + int(share) for key, share in shares.items()}
    by_remainder = sorted(shares, key=lambda key: int(shares[key]) - shares[key])
    for key in by_remainder[: seats - sum(result.values())]:
        result[key] += 1
    return result


def _pull(code: str, rng: Random) -> float:
    """How strongly a branch draws members: towns less than their size says, some villages more."""
    living = LARGER.get(code.removeprefix("kommune-"))
    return float(living**0.6) if living else min(0.7 * rng.paretovariate(0.9), 9.0)


@cache
def annual_meeting(unit: Unit, year: int, seed: int) -> date:
    """The day of a unit's annual meeting: the same weekday of the same week every year."""
    rng = Random(f"{seed}-{unit.code}-meeting")
    month, day, weeks = MEETING_SEASON[unit.kind]
    saturday = 5
    # Municipal branches meet on weekday evenings too; the larger meetings last a weekend.
    weekday = rng.choice((0, 1, 2, 3, saturday)) if unit.kind == "municipal" else saturday
    first = date(year, month, day)
    return first + timedelta((weekday - first.weekday()) % 7, weeks=rng.randrange(weeks))


def last_meeting(unit: Unit, today: date, seed: int) -> int:
    """The year of a unit's last annual meeting; the congress meets every second year."""
    year = today.year
    while annual_meeting(unit, year, seed) > today or (unit.kind == "national" and year % 2 == 0):
        year -= 1
    return year


def election_label(unit: Unit, on: date) -> str:
    """What a term says about its election: "Årsmøtet 14. mars 2026"."""
    meeting = "Landsmøtet" if unit.kind == "national" else "Årsmøtet"
    return f"{meeting} {on.day}. {MONTHS[on.month - 1]} {on.year}"


def draw_languages(homes: dict[str, str], rng: Random) -> dict[str, str]:
    """Who reads something else than bokmål, for member numbers with their units.

    12 % read nynorsk, most of them in the west, and 4 % English.
    """
    nynorsk, english = round(0.12 * len(homes)), round(0.04 * len(homes))
    western = [number for number, unit in homes.items() if unit[8:10] in NYNORSK]
    first = rng.sample(western, min(round(0.85 * nynorsk), len(western)))
    chosen = set(first)
    rest = [number for number in homes if number not in chosen]
    others = rng.sample(rest, nynorsk - len(first) + english)
    return dict.fromkeys(first + others[english:], "nn") | dict.fromkeys(others[:english], "en")
