"""Parts of a file, as RFC 9110 has them."""

import pytest

from media.playback.ranges import Part, Unsatisfiable, part_asked


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", Part(0, 99)), ("bytes=0-0", Part(0, 0)), ("bytes=10-19", Part(10, 19)),
        ("bytes=90-500", Part(90, 99)), ("bytes=-10", Part(90, 99)), ("bytes=-500", Part(0, 99)),
        ("", None), ("bytes=-", None), ("bytes=9-3", None), ("bytes=0-1,5-6", None), ("items=0-1", None),
        ("bytes=a-b", None), ("bytes=0-0x1", None),
    ],
)  # fmt: skip
def test_what_is_asked_for(header, part):
    assert part_asked(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999999-"])
def test_what_lies_outside(header):
    with pytest.raises(Unsatisfiable):
        part_asked(header, 100)
