"""The seal: what was changed, however little, is not genuine."""

import base64
import copy
import random
import string

import pytest

from certificates.seal import canonical, is_genuine, key_id, payload_hash, seal

PAYLOAD = {
    "number": "4KQM7R2DXW3HP9FZC6TNB8V0AY",
    "name": "Åse-Márjá <b>Østby</b> & Søn",
    "title": "Ny i styret",
    "awarded_on": "2026-03-14",
    "valid_until": None,
    "stones": 1,
    "facts": [["Omfang", "2 timer"], ["Prøve", "18 av 20"]],
}


def test_what_was_sealed_is_genuine():
    assert is_genuine(PAYLOAD, seal(PAYLOAD))


def test_the_order_of_the_fields_does_not_matter():
    assert is_genuine(dict(reversed(PAYLOAD.items())), seal(PAYLOAD))
    assert canonical({"b": 1, "a": "ø"}) == '{"a":"ø","b":1}'.encode()


def mutated(payload, chance):
    """A payload that differs from the one given in one place."""
    changed = copy.deepcopy(payload)
    key = chance.choice(list(changed))
    match chance.choice(["letter", "drop", "add", "type", "nest"]):
        case "drop":
            del changed[key]
        case "add":
            changed[key + chance.choice(string.ascii_letters)] = chance.choice([None, 0, "", []])
        case "type":
            changed[key] = str(changed[key]) if not isinstance(changed[key], str) else [changed[key]]
        case "nest":
            changed["facts"][chance.randrange(2)][chance.randrange(2)] += chance.choice(string.printable)
        case _:
            text = str(changed[key])
            place = chance.randrange(len(text) + 1)
            changed[key] = text[:place] + chance.choice(string.ascii_letters + "æøå \u200b") + text[place:]
    return changed


def test_a_thousand_changed_payloads_are_refused():
    chance, signature = random.Random(20260314), seal(PAYLOAD)
    forgeries = [mutated(PAYLOAD, chance) for _ in range(1_000)]
    assert not any(forgery == PAYLOAD for forgery in forgeries)
    assert [forgery for forgery in forgeries if is_genuine(forgery, signature)] == []


def test_a_thousand_changed_seals_are_refused():
    chance, signature = random.Random(20260314), seal(PAYLOAD)
    letters = string.ascii_letters + string.digits + "-_=+/ \n"
    accepted = []
    for _ in range(1_000):
        place = chance.randrange(len(signature))
        forged = signature[:place] + chance.choice(letters) + signature[place + chance.randrange(2) :]
        if forged != signature and is_genuine(PAYLOAD, forged):
            accepted.append(forged)
    assert accepted == []


@pytest.mark.parametrize(
    "signature", ["", "=", "x", "æ", "A" * 86, "A" * 10_000, base64.b64encode(b"\0" * 64).decode()]
)
def test_what_is_no_seal_is_refused(signature):
    assert not is_genuine(PAYLOAD, signature)


def test_the_seal_of_another_house_is_refused(tmp_path, settings):
    ours, ours_id = seal(PAYLOAD), key_id()
    settings.CERTIFICATE_KEY_FILE = tmp_path / "another"
    theirs = seal(PAYLOAD)
    assert (theirs != ours, key_id() != ours_id) == (True, True)
    assert not is_genuine(PAYLOAD, ours)
    settings.CERTIFICATE_KEY_FILE = tmp_path / "third" / "key"
    assert not is_genuine(PAYLOAD, theirs)


def test_the_key_is_made_once_and_is_read_by_its_owner_only(tmp_path, settings):
    settings.CERTIFICATE_KEY_FILE = file = tmp_path / "keys" / "certificates"
    first = key_id()
    assert (file.stat().st_mode & 0o777, len(file.read_bytes())) == (0o600, 32)
    assert key_id() == first
    assert [path.name for path in file.parent.iterdir()] == ["certificates"]


def test_the_hash_is_of_what_is_sealed():
    assert payload_hash(PAYLOAD) == payload_hash(dict(reversed(PAYLOAD.items())))
    assert payload_hash(PAYLOAD) != payload_hash({**PAYLOAD, "stones": 2})
