"""One launcher per folder, one program per port; each refusal says in one line what to do."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from lms.launcher.ground import Refused, check_port, claim_folder


def test_a_second_launcher_on_the_same_folder_is_told_who_has_it(tmp_path: Path) -> None:
    with claim_folder(tmp_path), pytest.raises(Refused, match=r"already runs on .* \(process \d+\)"):
        claim_folder(tmp_path)


def test_a_folder_is_free_again_when_its_launcher_is_gone(tmp_path: Path) -> None:
    claim_folder(tmp_path).close()
    claim_folder(tmp_path).close()


def test_a_taken_port_is_refused_and_another_one_proposed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=f"PORT={port + 1}"):
            check_port(port)


def test_a_port_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="between 1024 and 65535"):
        check_port(99_999)


def test_a_port_that_was_just_in_use_may_be_used_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            server.accept()[0].close()
    check_port(port)
