"""Names for invented people: Norwegian, Sámi, and of newer Norwegians.

The lists are our own, of names that many people bear; every combination is drawn by chance.
"""

import unicodedata
from collections import Counter
from random import Random

GIVEN = (
    "Anne", "Inger", "Kari", "Marit", "Ingrid", "Liv", "Eva", "Berit", "Astrid", "Bjørg",
    "Hilde", "Anna", "Solveig", "Marianne", "Randi", "Ida", "Nina", "Maria", "Elisabeth",
    "Kristin", "Bente", "Heidi", "Silje", "Hanne", "Linda", "Tone", "Tove", "Anita", "Gerd",
    "Ragnhild", "Camilla", "Sissel", "Ellen", "Karin", "Julie", "Mona", "Åse", "Sara", "Emma",
    "Nora", "Maja", "Thea", "Sigrid", "Tuva", "Guro", "Ingvild", "Synnøve", "Ragna", "Eli",
    "Jan", "Per", "Bjørn", "Ole", "Lars", "Kjell", "Knut", "Arne", "Svein", "Thomas", "Hans",
    "Geir", "Tor", "Morten", "Terje", "Odd", "Erik", "Martin", "Andreas", "John", "Anders",
    "Rune", "Trond", "Tore", "Daniel", "Jon", "Kristian", "Marius", "Magnus", "Henrik", "Øyvind",
    "Stian", "Håkon", "Jonas", "Emil", "Sindre", "Eirik", "Vegard", "Øystein", "Sverre", "Gunnar",
    "Olav", "Harald", "Leif", "Einar", "Nils", "Torbjørn", "Ståle", "Ketil", "Jørgen", "Sondre",
)  # fmt: skip

DOUBLE_GIVEN = (
    "Anne-Lise", "Anne-Grethe", "Ann-Kristin", "Else-Marie", "Inger-Johanne", "May-Britt",
    "Liv-Unni", "Eva-Kristin", "Britt-Ingunn", "Rose-Marie", "Anne Marie", "Inger Lise",
    "Kari Anne", "Ida Sofie", "Jan-Erik", "Per-Arne", "Odd-Geir", "Jens-Petter", "Carl-Fredrik",
    "Tor-Arne", "Hans-Jørgen", "Kjell Arne", "Ole Martin", "Jan Tore", "Lars Petter",
)  # fmt: skip

SURNAMES = (
    "Hansen", "Johansen", "Olsen", "Larsen", "Andersen", "Pedersen", "Nilsen", "Kristiansen",
    "Jensen", "Karlsen", "Johnsen", "Pettersen", "Eriksen", "Berg", "Haugen", "Hagen",
    "Johannessen", "Andreassen", "Jacobsen", "Dahl", "Jørgensen", "Halvorsen", "Henriksen",
    "Lund", "Sørensen", "Jakobsen", "Moen", "Gundersen", "Iversen", "Strand", "Solberg",
    "Svendsen", "Eide", "Knutsen", "Martinsen", "Bakken", "Kristoffersen", "Mathisen", "Lie",
    "Amundsen", "Rasmussen", "Lunde", "Solheim", "Kvam", "Moe", "Bakke", "Nygård",
    "Fredriksen", "Holm", "Lien", "Hauge", "Christensen", "Andresen", "Nielsen", "Knudsen",
    "Evensen", "Sæther", "Aas", "Myhre", "Hanssen", "Haugland", "Thomassen", "Sivertsen",
    "Simonsen", "Danielsen", "Sandvik", "Rønning", "Næss", "Arnesen", "Antonsen", "Ødegård",
    "Vik", "Ellingsen", "Thorsen", "Edvardsen", "Birkeland", "Isaksen", "Gulbrandsen", "Ruud",
    "Aasen", "Strøm", "Myklebust", "Tangen", "Ødegaard", "Helland", "Bøe", "Jenssen",
    "Mikkelsen", "Aune", "Tveit", "Brekke", "Eliassen", "Engen", "Nordby", "Fossum", "Røed",
    "Fjeld", "Skogen", "Børresen", "Lyngstad", "Sundby", "Vangen", "Øverland", "Ås", "Hovland",
    "Brattli", "Storvik", "Kleppe", "Rygg", "Grønvold", "Skaar", "Træen", "Nesheim", "Sørli",
)  # fmt: skip

SAMI_GIVEN = (
    "Ánne", "Elle", "Máret", "Biret", "Sárá", "Risten", "Rávdná", "Iŋgá", "Kirste", "Elen",
    "Márjá", "Elle Márjá", "Inger Biret", "Ánne Márgget", "Áilu", "Ánte", "Máhtte", "Niillas",
    "Jovnna", "Lásse", "Áslat", "Ráste", "Mihkkal", "Piera", "Jovnna Ánde", "Nils-Áslat",
)  # fmt: skip

# The longer ones are made from words of the landscape (stone, ravine, ice, water).
SAMI_SURNAMES = (
    "Sara", "Gaup", "Hætta", "Eira", "Utsi", "Somby", "Guttorm", "Balto", "Oskal", "Buljo",
    "Anti", "Varsi", "Kappfjell", "Jåma", "Geađgejohka", "Goađinjárga", "Ávžejohka",
    "Ávžegieddi", "Šuoššjávri", "Iešjávri", "Čáhcejávri", "Čearrojohka", "Jieŋajávri",
    "Ruoŧŧajávri", "Ruoŧŧajohka",
)  # fmt: skip

# Given names and surnames that belong together.
NEWER: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("Mohammed", "Ayesha", "Imran", "Sana", "Bilal", "Nadia"), ("Khan", "Hussain", "Malik")),
    (("Ayan", "Hodan", "Abdi", "Ismail", "Fartun", "Yusuf"), ("Ali", "Warsame", "Mohamud", "Nur")),
    (("Agnieszka", "Piotr", "Katarzyna", "Paweł", "Michał"), ("Nowak", "Mazur", "Wójcik")),
    (("Minh", "Thuy", "Linh", "Tuan", "Thi Hanh"), ("Nguyen", "Tran", "Pham", "Le")),
    (("Selam", "Tesfay", "Yonas", "Miriam", "Filmon"), ("Tesfamariam", "Haile", "Kidane")),
    (("Olena", "Oksana", "Andrij", "Taras", "Iryna"), ("Kovalenko", "Bondarenko", "Melnyk")),
    (("Fatima", "Omar", "Layla", "Samir", "Rania"), ("Al-Hassan", "Haddad", "Al-Khatib")),
    (("Elif", "Mehmet", "Zeynep", "Emre"), ("Yılmaz", "Demir", "Şahin")),
    (("Amra", "Emir", "Lejla", "Senad"), ("Hodžić", "Begić", "Kovačević")),
    (("Kavitha", "Suresh", "Priya", "Rajan"), ("Sivakumar", "Selvarajah", "Nathan")),
)

SAMI_SHARE = {"18": 0.07, "50": 0.04, "55": 0.2, "56": 0.5}  # by number of the county
# Letters that do not come apart into a plain letter and an accent.
PLAIN = str.maketrans({"ø": "o", "æ": "ae", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ł": "l", "ı": "i"})


def draw_name(rng: Random, county_number: str) -> str:
    """An invented name; Sámi names are commoner in the north, newer ones in the cities' county."""
    kind = rng.random()
    sami = SAMI_SHARE.get(county_number, 0.01)
    if kind < sami:
        return f"{rng.choice(SAMI_GIVEN)} {rng.choice(SAMI_SURNAMES)}"
    if kind < sami + (0.18 if county_number == "03" else 0.07):
        given, family = rng.choice(NEWER)
        return f"{rng.choice(given)} {rng.choice(family)}"
    first = rng.choice(DOUBLE_GIVEN) if rng.random() < 0.09 else rng.choice(GIVEN)
    return f"{first} {_norwegian_surname(rng)}"


def _norwegian_surname(rng: Random) -> str:
    """Mostly one; sometimes two, of which some have a hyphen."""
    # A power above one favours the front of the list, where the commonest names stand.
    last = SURNAMES[int(rng.random() ** 1.5 * len(SURNAMES))]
    if rng.random() >= 0.1:
        return last
    first = rng.choice([name for name in SURNAMES if name != last and not name.endswith("sen")])
    return f"{first}{rng.choice('- ')}{last}"


def email_local(name: str) -> str:
    """The part before the @: "Åse Berg-Lyngmo" becomes "ase.berg-lyngmo"."""
    folded = unicodedata.normalize("NFKD", name.lower().translate(PLAIN))
    plain = folded.encode("ascii", "ignore").decode()
    return ".".join(plain.split())


def make_emails(people: list[tuple[str, str, str]], rng: Random) -> dict[str, str]:
    """Address by member number, for people given as number, name and unit.

    At example domains only. 4 % get none; 2 % share one with somebody in the same branch,
    as couples do; all others are unique.
    """
    without = {number for number, _, _ in rng.sample(people, round(0.04 * len(people)))}
    used: Counter[str] = Counter()
    emails = {}
    for number, name, _ in people:
        if number in without:
            continue
        local = email_local(name) or f"medlem{number}"
        used[local] += 1
        times = used[local] if used[local] > 1 else ""
        emails[number] = f"{local}{times}@example.{rng.choice(('org', 'net', 'com'))}"
    at_home = [(unit, rng.random(), number) for number, name, unit in people if name]
    reached = sorted(home for home in at_home if home[2] in emails)
    neighbours = zip(reached[::2], reached[1::2], strict=False)
    couples = [(one[2], other[2]) for one, other in neighbours if one[0] == other[0]]
    for one, other in rng.sample(couples, round(0.01 * len(people))):
        emails[other] = emails[one]
    return emails
