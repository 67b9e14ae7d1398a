"""A judge over the network, against a local server that speaks the protocol."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from factcheck.build import build_verifier
from factcheck.errors import MissingModel
from factcheck.remote import RemoteVerifier, read_answer
from factcheck.types import Pair, Stance, StanceLabel


class Endpoint(BaseHTTPRequestHandler):
    """Supports what shares its last word with the passage, refuses other keys."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body)
        if self.headers["Authorization"] != "Bearer right":
            self.send_error(401)
            return
        asked = json.loads(body["messages"][-1]["content"])
        shares = asked["claim"].split()[-1] in asked["passage"]
        answer = {"supports": 8, "refutes": 1, "neither": 1} if shares else {"supports": 0, "refutes": 1, "neither": 3}
        content = json.dumps(answer) if "garbled" not in asked["claim"] else "certainly! supports"
        reply = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_):  # noqa: ANN002
        return


@pytest.fixture
def endpoint():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    server.bodies = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def settings(server, key="right"):
    return {"OPENAI_BASE_URL": f"http://127.0.0.1:{server.server_port}/v1", "OPENAI_API_KEY": key}


def test_pairs_are_judged_in_order(endpoint):
    judge = RemoteVerifier.load("m1", settings(endpoint))
    stances = judge.score(
        [Pair("It is a mill", "An old mill."), Pair("It is a lake", "An old mill."), Pair("garbled", "x")]
    )
    assert stances[0] == Stance(0.8, 0.1, 0.1)
    assert stances[1] == Stance(0.0, 0.25, 0.75)
    assert stances[2].label is StanceLabel.NEUTRAL
    assert judge.name == "openai:m1"
    assert {b["model"] for b in endpoint.bodies} == {"m1"}


def test_refusals_and_silence_are_said(endpoint):
    with pytest.raises(MissingModel, match="answered 401"):
        RemoteVerifier.load("m1", settings(endpoint, "wrong")).score([Pair("a", "b")])
    dead = {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "OPENAI_API_KEY": "k"}
    with pytest.raises(MissingModel, match="no usable answer"):
        RemoteVerifier.load("m1", dead).score([Pair("a", "b")])


def test_it_must_be_set_up(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(MissingModel, match="OPENAI_API_KEY"):
        build_verifier("openai:m1")
    with pytest.raises(MissingModel, match="must begin with"):
        RemoteVerifier.load("m1", {"OPENAI_BASE_URL": "ftp://x", "OPENAI_API_KEY": "k"})


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "[]",
        "{}",
        '{"supports": -1, "refutes": 1, "neither": 1}',
        '{"supports": NaN, "refutes": 0, "neither": 0}',
        '{"supports": "x", "refutes": 0, "neither": 0}',
        '{"supports": Infinity, "refutes": 0, "neither": 0}',
    ],
)
def test_nonsense_is_neither(content):
    assert read_answer(content) == Stance(0.0, 0.0, 1.0)
