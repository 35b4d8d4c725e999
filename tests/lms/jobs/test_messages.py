"""Messages in a folder: whole or not there, read once, and nothing but JSON is believed."""

from __future__ import annotations

import base64
import json
import pickle
import threading
from pathlib import Path

import pytest
from celery import Celery
from kombu import Connection
from kombu.exceptions import ContentDisallowed

from lms.settings import base

QUEUE = "tillit"


class Trap:
    """Leaves a mark when somebody unpickles it."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return (Path.touch, (self.mark,))


def forged_message(body: bytes, content_type: str) -> dict:
    """A message as kombu writes it, of a content of our choice."""
    return {
        "body": base64.b64encode(body).decode(),
        "content-type": content_type,
        "content-encoding": "binary",
        "headers": {"task": "lms.jobs.look", "id": "1", "lang": "py", "argsrepr": "()"},
        "properties": {
            "correlation_id": "1",
            "delivery_mode": 2,
            "delivery_tag": "1",
            "body_encoding": "base64",
            "delivery_info": {"exchange": QUEUE, "routing_key": QUEUE},
        },
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def line(folder: Path):
    """A connection whose messages are files in the folder."""
    options = {"data_folder_in": str(folder), "data_folder_out": str(folder), "control_folder": str(folder)}
    with Connection(
        "filesystem://localhost//", transport="lms.jobs.folder:Transport", transport_options=options
    ) as connection:
        yield connection


def test_a_message_appears_whole_and_is_read_once(line, folder):
    queue = line.SimpleQueue(QUEUE)
    queue.put([7])
    (file,) = folder.glob("*.msg")
    assert json.loads(file.read_bytes())["content-type"] == "application/json"
    message = queue.get(timeout=1)
    message.ack()
    assert message.payload == [7]
    assert not list(folder.glob("*.msg*"))


def test_half_a_message_ends_nobody(line, folder):
    (folder / f"1_half.{QUEUE}.msg").write_text('{"body": "W1sx')
    queue = line.SimpleQueue(QUEUE)
    queue.put([8])
    assert queue.get(timeout=1).payload == [8]


def test_two_readers_never_get_the_same_message(line, folder):
    queue = line.SimpleQueue(QUEUE)
    for number in range(200):
        queue.put([number])
    got: list[int] = []

    def read() -> None:
        channel = line.clone().channel()
        while list(folder.glob("*.msg")):
            try:
                body = channel._get(QUEUE)["body"]
            except Exception:  # noqa: BLE001 - the folder has just been emptied
                continue
            got.append(json.loads(base64.b64decode(body))[0])

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(got) == list(range(200))


@pytest.mark.parametrize("content_type", ["application/x-python-serialize", "application/x-yaml"])
def test_pickle_and_yaml_are_refused_unread(line, folder, content_type):
    app = Celery("strict", fixups=[])
    app.conf.update({name[7:].lower(): value for name, value in vars(base).items() if name.startswith("CELERY_")})
    body = pickle.dumps(Trap(folder / "unpickled"))
    line.SimpleQueue(QUEUE)
    (folder / f"1_bad.{QUEUE}.msg").write_text(json.dumps(forged_message(body, content_type)))
    channel = line.channel()
    message = channel.message_to_python(channel._get(QUEUE))
    message.accept = set(app.conf.accept_content) | {"application/json"}
    with pytest.raises(ContentDisallowed):
        message.decode()
    assert not (folder / "unpickled").exists()
