"""Load by wrk, which takes so little of the machine that nearly all of it is left to the servers."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.browsing import Unexpected
from benchmarks.crowd import Load
from benchmarks.machine import Watched
from benchmarks.signing_in import Jar

WARM_SECONDS = 1
SCRIPT = """
local people, requests, words = {%(people)s}, {%(requests)s}, {%(words)s}
local asked = -1
wrong, told, threads = 0, "", {}
setup = function(thread) table.insert(threads, thread) end
request = function()
  asked = asked + 1
  local step = requests[asked %% #requests + 1]
  local person = people[math.floor(asked / #requests) %% #people + 1]
  local headers = {["Accept"] = "text/html", ["Host"] = "localhost:%(port)d", ["Cookie"] = person[1]}
  if step[1] == "POST" then
    headers["X-CSRFToken"], headers["Content-Type"] = person[2], "application/x-www-form-urlencoded"
  end
  return wrk.format(step[1], step[2], headers, step[1] == "POST" and "" or nil)
end
if #words > 0 then
  response = function(status, headers, body)
    local fine = status == 204 or status == 200
    for _, word in ipairs(words) do
      fine = fine and (status == 204 or string.find(body, word, 1, true))
    end
    if not fine then wrong, told = wrong + 1, status .. " " .. (headers["location"] or headers["Location"] or "") end
  end
end
done = function(summary, latency, requests)
  local count, last = 0, ""
  for _, thread in ipairs(threads) do
    count, last = count + thread:get("wrong"), last .. thread:get("told")
  end
  local broken = summary.errors.read + summary.errors.connect + summary.errors.write + summary.errors.timeout
  io.write(string.format('RESULT{"n":%%d,"us":%%d,"wrong":%%d,"told":"%%s","broken":%%d,"p50":%%d,"p95":%%d}\\n',
    summary.requests, summary.duration, count + summary.errors.status, last, broken,
    latency:percentile(50), latency:percentile(95)))
end
"""
RESULT = re.compile(r"^RESULT(\{.*\})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pages:
    """The requests of one unit, in order, and the words that every page among them says."""

    requests: tuple[tuple[str, str], ...]
    words: tuple[str, ...] = ()


def ask_at_once(
    program: str, pages: Pages, jars: Sequence[Jar], port: int, concurrency: int, seconds: float, watched: Watched
) -> Load:
    """So many connections at once for so long, each request from the next person's session."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as script:
        script.write(written(pages, jars or [{}], port))
        script.flush()
        argv = [program, "-t", "1", "-c", str(concurrency), "--timeout", "60s", "-s", script.name]
        address = f"http://127.0.0.1:{port}/"
        subprocess.run([*argv, "-d", f"{WARM_SECONDS}s", address], capture_output=True, check=True)
        before = watched.moment()
        run = subprocess.run(
            [*argv, "-d", f"{max(1, round(seconds))}s", address], capture_output=True, text=True, check=True
        )
        after = watched.moment()
    found = RESULT.search(run.stdout)
    if found is None:
        raise Unexpected(f"wrk said: {run.stdout} {run.stderr}")
    told, each = json.loads(found[1]), len(pages.requests)  # wrk times requests, not pairs of them
    wrong = [f"wrk: {told['told']}"] * told["wrong"] + ["wrk: a connection broke"] * told["broken"]
    return Load(
        units=max(0, told["n"] - told["wrong"]) // each,
        seconds=told["us"] / 1e6,
        median=told["p50"] / 1000 if each == 1 else None,
        p95=told["p95"] / 1000 if each == 1 else None,
        wrong=wrong,
        before=before,
        after=after,
    )


def written(pages: Pages, jars: Sequence[Jar], port: int) -> str:
    """The script for these pages and people."""
    people = [
        f"{{{quoted('; '.join(f'{k}={v}' for k, v in jar.items()))}, {quoted(jar.get('csrftoken', ''))}}}"
        for jar in jars
    ]
    return SCRIPT % {
        "port": port,
        "people": ", ".join(people),
        "requests": ", ".join(f"{{{quoted(method)}, {quoted(path)}}}" for method, path in pages.requests),
        "words": ", ".join(map(quoted, pages.words)),
    }


def quoted(text: str) -> str:
    """A text as Lua writes it."""
    return json.dumps(text, ensure_ascii=False)
