"""The API does what it says, and the guard lets nobody in who has no business here."""

import io
import json
import re
import time
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from sample_report import TEXT, make_article, make_hostile_report, make_report
from starlette.testclient import TestClient
from web_stand_ins import TOKEN, FixedChecker, LibraryChecker, ListLibrary, make_app, make_client, make_desk, record

from factcheck.errors import BadDocument, BadWorkspace
from factcheck.ledger import Ledger
from factcheck.types import ReviewAction, VerdictLabel
from factcheck.web.app import hide_folders
from factcheck.web.guard import MAX_BODY_BYTES, Access
from factcheck.web.ports import SourceDetails
from factcheck.web.serve import describe_address, serve

WRITE = {"x-factcheck-token": TOKEN}
REPORT = make_report()
BUSIEST = REPORT.claims[1].claim.id


@pytest.fixture
def desk():
    desk = make_desk()
    record(desk)
    return desk


@pytest.fixture
def client(desk):
    with make_client(make_app(desk)) as client:
        yield client


def sha(desk):
    return desk.articles()[0].sha256


def wait(client, job):
    for _ in range(200):
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.02)
        job = client.get(f"/api/checks/{job['id']}").json()
    raise AssertionError(job)


def review(client, desk, action, claim=BUSIEST, **more: object):
    body = {"article_sha256": sha(desk), "claim_id": claim, "action": action, **more}
    return client.post("/api/reviews", json=body, headers=WRITE)


def test_the_pages_are_there(client, desk):
    for address in ("/", f"/articles/{sha(desk)}", "/corpus", "/history"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not re.search(r"<script(?! src=\"/static/)|\sstyle=|\son[a-z]+=|https?://(?!\w+\.example)", answer.text)


def test_no_path_of_this_machine_is_in_a_page(client, desk):
    for address in (
        "/",
        f"/articles/{sha(desk)}",
        "/api/articles",
        f"/api/articles/{sha(desk)}",
        "/corpus",
        "/api/corpus",
    ):
        text = client.get(address).text
        assert "secret-folder" not in text and "/home/" not in text, address
    assert client.get("/api/articles").json()[0]["file"] == "harbours.txt"


def test_hostile_texts_stay_text_on_every_page(client, desk):
    report = record(desk, make_hostile_report())
    claim = report.claims[0].claim.id
    client.post(
        "/api/corpus?name=%3Cscript%3E.md&title=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
        content=b"<script>x</script>",
        headers=WRITE,
    )
    body = {
        "article_sha256": report.article.sha256,
        "claim_id": claim,
        "action": "note",
        "text": "<script>alert(9)</script>",
        "reviewer": "<b>eve</b>",
    }
    assert client.post("/api/reviews", json=body, headers=WRITE).status_code == 201
    for address in ("/", f"/articles/{report.article.sha256}", "/corpus", "/history"):
        text = client.get(address).text
        assert not re.search(r"<script>|<img|<b>|href=\"javascript", text), address
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", text), address


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost:8765", 200),
        ("[::1]:8765", 200),
        ("LOCALHOST", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("localhost@evil.example", 403),
        ("192.168.1.5", 403),
        ("[", 403),
        ("", 403),
    ],
)
def test_foreign_hosts_are_refused(client, host, status):
    assert client.get("/", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://127.0.0.1:8765"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
    ],
)
def test_requests_from_other_sites_are_refused(client, headers, status):
    assert client.get("/", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("POST", "/api/checks"),
        ("POST", "/api/checks/file?name=a.txt"),
        ("POST", "/api/claims"),
        ("POST", "/api/reviews"),
        ("POST", "/api/reviews/undo"),
        ("POST", "/api/corpus?name=a.md"),
        ("DELETE", "/api/corpus/harbour-yearbook"),
        ("POST", "/api/corpus/search"),
        ("PUT", "/"),
    ],
)
def test_every_write_needs_the_token(client, desk, method, address):
    before = list(desk.ledger.export_jsonl()), [document.id for document in desk.library.documents()]
    for headers in ({}, {"x-factcheck-token": TOKEN + "x"}, {"cookie": f"factcheck_token_8765={TOKEN}"}):
        assert client.request(method, address, headers=headers).status_code == 403
    assert (list(desk.ledger.export_jsonl()), [document.id for document in desk.library.documents()]) == before


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.5"])
def test_reading_needs_the_token_too(desk, host):
    access = Access(host, 80, TOKEN)
    with TestClient(make_app(desk, access), base_url=f"http://{host}") as client:
        for address in ("/", "/api/articles", "/static/report.css", "/openapi.json", f"/articles/{sha(desk)}"):
            for headers in ({}, {"accept": "text/html"}, {"cookie": "factcheck_token_80=wrong"}):
                refused = client.get(address, headers=headers)
                assert refused.status_code == 401 and TOKEN not in refused.text and "Harbour" not in refused.text
        assert client.get("/?token=wrong").status_code == 401
        assert client.get("/api/articles", headers=WRITE).status_code == 200
        answer = client.get(f"/corpus?token={TOKEN}")
        assert answer.status_code == 200 and TOKEN not in answer.text and 'url=/corpus"' in answer.text
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie and cookie.startswith("factcheck_token_80=")
        assert client.get("/").status_code == 200
        assert client.post("/api/corpus?name=a.md", content=b"x").status_code == 403
        assert client.get("/", headers={"host": "other.example"}).status_code == 403
        client.cookies.clear()


def test_the_ticket_in_the_browsers_address_is_good_once(desk):
    access = Access("127.0.0.1", 8765, TOKEN)
    with TestClient(make_app(desk, access), base_url="http://127.0.0.1:8765") as client:
        address = describe_address(access, token=access.ticket)
        assert TOKEN not in address
        assert client.get(address).status_code == 200 and client.get("/").status_code == 200
        client.cookies.clear()
        assert client.get(address).status_code == 401
        assert client.get(f"/?token={TOKEN}").status_code == 200


def test_the_page_that_keeps_out_asks_for_the_token_and_names_no_other_server(desk):
    with TestClient(make_app(desk), base_url="http://127.0.0.1:8765") as client:
        page = client.get("//evil.example/%22%3E%3Cscript%3Ex", headers={"accept": "text/html"})
        assert page.status_code == 401 and 'name="token"' in page.text and "<script" not in page.text
        assert '"//' not in page.text and "default-src 'none'" in page.headers["content-security-policy"]
        page = client.get(f"//evil.example?token={TOKEN}", headers={"accept": "text/html"})
        assert "url=//" not in page.text


@pytest.mark.parametrize(
    ("host", "asked", "accepted"),
    [
        ("0.0.0.0", "192.168.1.5:80", True),
        ("0.0.0.0", "evil.example", False),
        ("127.0.0.5", "localhost", True),
        ("10.0.0.5", "10.0.0.6", False),
        ("10.0.0.5", "localhost", False),
    ],
)
def test_hosts_by_where_the_page_listens(host, asked, accepted):
    assert Access(host, 80, TOKEN).accepts_host(asked) is accepted


def test_the_address_holds_the_token():
    assert describe_address(Access("127.0.0.1", 8765, TOKEN)) == f"http://127.0.0.1:8765/?token={TOKEN}"
    assert describe_address(Access("::1", 1, TOKEN)) == f"http://[::1]:1/?token={TOKEN}"
    assert describe_address(Access("10.0.0.5", 80, "a b&c")) == "http://10.0.0.5:80/?token=a%20b%26c"
    assert len(Access().token) >= 32 and Access().token != Access().token


def test_too_much_is_refused(client, desk):
    big = b"x" * (MAX_BODY_BYTES + 1)
    assert client.post("/api/checks/file?name=a.txt", content=big, headers=WRITE).status_code == 413
    pieces = (b"x" * (1 << 20) for _ in range(MAX_BODY_BYTES // (1 << 20) + 1))
    assert client.post("/api/checks/file?name=a.txt", content=pieces, headers=WRITE).status_code == 413
    assert review(client, desk, "note", text="x" * 20_001).status_code == 422


@pytest.mark.parametrize("name", ["a.exe", "a.pdf.bin", "noending", "../../etc/passwd", ""])
def test_files_of_other_kinds_are_refused(client, name):
    answer = client.post("/api/checks/file", params={"name": name}, content=b"x", headers=WRITE)
    assert answer.status_code == 400 and "none of the kinds" in answer.json()["detail"]


def test_a_pasted_text_is_checked_and_recorded(client, desk):
    job = client.post("/api/checks", json={"text": TEXT + "\nMore.", "published": "2025-06"}, headers=WRITE)
    assert job.status_code == 202
    done = wait(client, job.json())
    assert done["state"] == "done", done
    found = client.get(f"/api/articles/{done['article_sha256']}").json()
    assert found["schema"] == "factcheck-report/1" and len(found["claims"]) == 7
    assert found["article"]["text"].startswith("Harbour towns")
    assert client.get(f"/articles/{done['article_sha256']}").status_code == 200


def test_an_uploaded_file_keeps_its_name_and_no_folder(client, desk):
    job = client.post("/api/checks/file?name=/home/x/ports.md", content=TEXT.encode() + b"x", headers=WRITE).json()
    done = wait(client, job)
    assert done["state"] == "done", done
    assert desk.articles()[0].path == "ports.md"


def test_a_check_that_fails_says_why(client):
    answer = client.post("/api/checks/file?name=a.txt", content=b"\x00\x01\x02" * 50, headers=WRITE)
    assert answer.status_code == 400 and answer.json()["detail"].startswith("a.txt is a binary file")
    assert client.get("/api/checks/unknown").status_code == 404


def test_progress_can_be_followed_and_few_checks_wait():
    checker = FixedChecker()
    checker.gate.clear()
    desk = make_desk(checker=checker)
    with make_client(make_app(desk), "http://localhost") as client:
        jobs = [client.post("/api/checks", json={"text": f"{TEXT}{n}"}, headers=WRITE).json() for n in range(8)]
        for _ in range(100):
            first = client.get(f"/api/checks/{jobs[0]['id']}").json()
            if first["state"] == "running" and first["total"]:
                break
            time.sleep(0.02)
        assert (first["state"], first["stage"], first["done"], first["total"]) == ("running", "judging", 1, 2)
        assert client.get(f"/api/checks/{jobs[1]['id']}").json()["state"] == "waiting"
        ninth = client.post("/api/checks", json={"text": TEXT}, headers=WRITE)
        assert ninth.status_code == 400 and "try again when one is done" in ninth.json()["detail"]
        checker.gate.set()
        assert all(wait(client, job)["state"] == "done" for job in jobs)


def test_claims_alone(client, desk):
    before = len(desk.articles())
    found = client.post("/api/claims", json={"text": TEXT}, headers=WRITE).json()
    assert found["schema"] == "factcheck-claims/1" and len(found["claims"]) == 7
    assert "verdict" not in found["claims"][0] and len(desk.articles()) == before


def test_a_review_is_recorded_and_shown(client, desk):
    answer = review(client, desk, "override", verdict="supported", reviewer="bo")
    assert answer.status_code == 201
    state = answer.json()["states"][BUSIEST]
    assert state["verdict"] == "supported" and state["reviewer"] == "bo" and state["settled"]
    assert BUSIEST not in answer.json()["open"] and len(answer.json()["open"]) == 3
    assert "overridden: supported by bo" in client.get(f"/articles/{sha(desk)}").text
    assert client.get(f"/api/articles/{sha(desk)}").json()["claims"][1]["review"]["action"] == "override"
    event = desk.ledger.log()[0]
    assert (event.action, event.verdict, event.reviewer) == (ReviewAction.OVERRIDE, VerdictLabel.SUPPORTED, "bo")
    assert client.get("/api/scores").json()["overall"]["n"] == 1
    assert "overridden" in client.get("/history").text
    undone = client.post("/api/reviews/undo", json={"article_sha256": sha(desk), "reviewer": "bo"}, headers=WRITE)
    assert undone.json()["undone"] == BUSIEST and BUSIEST in undone.json()["open"]
    again = client.post("/api/reviews/undo", json={"article_sha256": sha(desk), "reviewer": "bo"}, headers=WRITE)
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"action": "override"}, 400),
        ({"action": "undo"}, 400),
        ({"action": "burn"}, 422),
        ({"action": "accept", "claim_id": "none"}, 400),
        ({"action": "accept", "article_sha256": "none"}, 400),
        ({"action": "accept", "surprise": 1}, 422),
        ({"action": "evidence"}, 400),
        ({"action": "evidence", "evidence": {"quote": "q", "title": "t", "stance": "perhaps"}}, 422),
    ],
)
def test_a_review_that_makes_no_sense_is_refused(client, desk, body, status):
    full = {"article_sha256": sha(desk), "claim_id": BUSIEST} | body
    answer = client.post("/api/reviews", json=full, headers=WRITE)
    assert answer.status_code == status and desk.ledger.log() == []


def test_evidence_by_hand(client, desk):
    found = {"quote": "Brack is first.", "title": "Letter", "url": "https://a.example", "stance": "refutes"}
    answer = review(client, desk, "evidence", evidence=found)
    assert answer.json()["states"][BUSIEST]["evidence"] == [found | {"published": None}]


def test_evidence_by_hand_and_other_words_are_on_the_page_and_in_the_exports(client, desk):
    found = {"quote": "Brack is <i>first</i>.", "title": "Letter", "url": "https://a.example", "stance": "refutes"}
    review(client, desk, "evidence", evidence=found)
    answer = review(client, desk, "edit", text="Aldmouth is second.").json()
    card = {"stance": "refutes", "stance_words": "refutes", "url": "https://a.example", "published": "undated"}
    assert answer["states"][BUSIEST]["by_hand"] == [card | {"quote": "Brack is <i>first</i>.", "title": "Letter"}]
    assert answer["wordings"] == {BUSIEST: "put into other words, not judged in them yet: “Aldmouth is second.”"}
    address = f"/articles/{sha(desk)}"
    for text in (client.get(address).text, client.get(f"/api{address}/export?format=html").text):
        assert "Brack is &lt;i&gt;first&lt;/i&gt;." in text and "added by hand" in text
        assert "not judged in them yet: “Aldmouth is second.”" in text
    for form in ("md", "csv", "json", "table"):
        assert "Letter" in client.get(f"/api{address}/export?format={form}").text, form


def test_recheck_brings_a_changed_verdict_back_and_tells_it(desk):
    checker = FixedChecker()
    desk = make_desk(checker=checker)
    record(desk, make_report())
    with make_client(make_app(desk), "http://localhost") as client:
        review(client, desk, "accept")
        checker.labels[REPORT.claims[1].claim.text] = VerdictLabel.SUPPORTED
        done = wait(client, client.post(f"/api/articles/{sha(desk)}/recheck", headers=WRITE).json())
        assert done["article_sha256"] == REPORT.article.sha256
        (change,) = done["changes"]
        assert (change["claim_id"], change["before"], change["after"]) == (BUSIEST, "refuted", "supported")
        assert done["summary"].endswith("1 verdict changed")
        states = client.get(f"/api/articles/{sha(desk)}/states").json()
        assert states["states"][BUSIEST]["changed"] == "the verdict was refuted and is now supported"
        assert BUSIEST in states["open"]
        page = client.get(f"/articles/{sha(desk)}", params={"recheck": done["id"]}).text
        assert "✘ refuted → ✔ supported" in page and done["summary"] in page
        assert "Checked again" not in client.get(f"/articles/{sha(desk)}?recheck=another").text
        assert client.post("/api/articles/none/recheck", headers=WRITE).status_code == 400


def test_an_article_that_is_checked_anew_keeps_the_words_of_its_review():
    library = ListLibrary()
    desk = make_desk(checker=LibraryChecker(library), library=library)
    with make_client(make_app(desk), "http://localhost") as client:
        first = wait(client, client.post("/api/checks", json={"text": TEXT}, headers=WRITE).json())
        claim = client.get(f"/api/articles/{first['article_sha256']}").json()["claims"][1]
        assert review(client, desk, "edit", claim["id"], text="Brack is the busiest port.").status_code == 201
        library.add("letter.md", b"Brack is the busiest port.", SourceDetails())
        again = wait(client, client.post("/api/checks", json={"text": TEXT + "\nMore."}, headers=WRITE).json())
        found = client.get(f"/api/articles/{again['article_sha256']}").json()["claims"][1]
        assert (found["text"], found["reworded_from"]) == ("Brack is the busiest port.", claim["text"])
        assert found["verdict"] == "supported" and found["review"]["text"] == found["text"]


def test_a_report_that_is_behind_the_documents_says_so(client, desk):
    assert 'id="behind"' not in client.get(f"/articles/{sha(desk)}").text
    client.post("/api/corpus?name=gulls.md", content=b"Gulls prefer Brack.", headers=WRITE)
    assert 'id="behind"' in client.get(f"/articles/{sha(desk)}").text
    client.delete("/api/corpus/gulls-md", headers=WRITE)
    assert 'id="behind"' not in client.get(f"/articles/{sha(desk)}").text


@pytest.mark.parametrize(
    ("form", "media"),
    [
        ("json", "application/json"),
        ("jsonl", "application/x-ndjson"),
        ("csv", "text/csv; charset=utf-8"),
        ("md", "text/markdown; charset=utf-8"),
        ("html", "text/html; charset=utf-8"),
        ("claimreview", "application/ld+json"),
        ("table", "text/plain; charset=utf-8"),
    ],
)
def test_exports(client, desk, form, media):
    answer = client.get(f"/api/articles/{sha(desk)}/export", params={"format": form, "include_unreviewed": True})
    assert answer.status_code == 200 and answer.headers["content-type"] == media
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert "busiest" in answer.text and "secret-folder" not in answer.text


def test_export_as_excel_and_with_footnotes(client, desk):
    data = client.get(f"/api/articles/{sha(desk)}/export?format=xlsx").content
    assert openpyxl.load_workbook(io.BytesIO(data))["claims"].max_row == 8
    assert "[^5]" in client.get(f"/api/articles/{sha(desk)}/annotated").text
    assert client.get(f"/api/articles/{sha(desk)}/export?format=exe").status_code == 422
    assert client.get("/api/articles/none/export").status_code == 404


def test_the_corpus_can_be_kept(client, desk):
    assert client.get("/api/corpus").json()[0]["doc_id"] == "coast-statistics-2024"
    address = "/api/corpus?name=gulls.md&title=On%20gulls&publisher=Birders&published=2025-01"
    answer = client.post(address, content=b"Gulls prefer Brack.", headers=WRITE)
    assert answer.status_code == 201 and answer.json() == {"outcome": "On gulls: added"}
    hits = client.post("/api/corpus/search", json={"query": "gulls prefer"}, headers=WRITE).json()
    assert hits[0]["doc_id"] == "on-gulls" and hits[0]["text"] == "Gulls prefer Brack."
    context = client.get("/api/context", params={"doc_id": "on-gulls", "start": 6, "end": 12}).json()
    assert context == {"before": "Gulls ", "quote": "prefer", "after": " Brack."}
    assert client.get("/api/context", params={"doc_id": "on-gulls", "start": 6, "end": 999}).status_code == 404
    assert client.delete("/api/corpus/on-gulls", headers=WRITE).status_code == 200
    assert client.delete("/api/corpus/on-gulls", headers=WRITE).status_code == 400
    assert client.post("/api/corpus?name=x.md", content=b"\xff\xfe", headers=WRITE).status_code == 400
    assert client.post("/api/corpus?name=x&published=May", content=b"x", headers=WRITE).status_code == 422


def test_a_shipped_library_offers_no_writing(desk):
    desk = make_desk(library=ListLibrary(read_only=True))
    with make_client(make_app(desk), "http://localhost") as client:
        page = client.get("/corpus").text
    assert 'id="add"' not in page and "not written to" in page


def test_the_api_is_documented_and_complete(client):
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/api/checks", "/api/claims", "/api/corpus", "/api/reviews", "/api/articles/{sha256}/export"} <= set(paths)
    assert all("summary" in operation for path in paths.values() for operation in path.values())
    assert client.get("/docs").status_code == 404


def test_a_ledger_that_cannot_be_written_is_said_and_shows_no_folder(tmp_path):
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record_report(REPORT)
    desk = make_desk(Ledger.open(path, read_only=True))
    with make_client(make_app(desk), "http://localhost") as client:
        answer = review(client, desk, "accept")
    assert answer.status_code == 503 and "for reading only" in answer.json()["detail"]
    assert str(tmp_path) not in answer.text


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("/home/ada/my work/ledger.db is damaged", "ledger.db is damaged"),
        ("cannot write /var/lib/x/doc.md (No space)", "cannot write doc.md (No space)"),
        ("C:\\Users\\ada\\a.txt is empty", "a.txt is empty"),
        (
            "12 of 13; see https://a.example/b and 2024-11/2025-01",
            "12 of 13; see https://a.example/b and 2024-11/2025-01",
        ),
        ("either/or is fine.", "either/or is fine."),
    ],
)
def test_messages_name_files_and_no_folders(message, shown):
    assert hide_folders(message, Path("/home/ada/my work")) == shown


def test_the_page_of_an_empty_ledger():
    with make_client(make_app(), "http://localhost") as client:
        assert "Nothing has been checked yet." in client.get("/").text
        assert "Nothing has been decided yet." in client.get("/history").text
        assert client.get("/articles/none").status_code == 404


def test_an_article_that_is_no_prose_any_more_is_still_shown(desk):
    odd = replace(make_article("x\n\n" + TEXT, title=""), path="", sha256="9" * 64)
    desk.ledger.record_report(replace(make_report(make_article("x\n\n" + TEXT)), article=odd))
    with make_client(make_app(desk), "http://localhost") as client:
        assert client.get(f"/articles/{'9' * 64}").status_code == 200


def test_a_port_that_is_taken_is_said(tmp_path):
    import socket

    from factcheck.build import Settings
    from factcheck.workspace import Workspace

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        workspace = Workspace(tmp_path, tmp_path, tmp_path / "ledger.db")
        with pytest.raises(BadWorkspace, match=rf"cannot listen on 127.0.0.1, port {port} .*--port"):
            serve(Settings(), workspace, port=port, open_browser=False)
    assert not (tmp_path / "ledger.db").exists()


def test_exported_json_is_the_contract(client, desk):
    data = json.loads(client.get(f"/api/articles/{sha(desk)}/export?format=json").text)
    assert data["article"]["path"] == "harbours.txt" and data["claims"][0]["verdict"] == "supported"


class BrokenLibrary(ListLibrary):
    """A library with a document that cannot be read."""

    def documents(self):
        raise BadDocument("/home/someone/corpus/a.md: the front matter <b>is broken</b>")


def test_what_goes_wrong_on_a_page_is_told_on_a_page():
    with make_client(make_app(make_desk(library=BrokenLibrary())), "http://localhost") as client:
        page = client.get("/corpus")
        assert page.status_code == 400 and "<h1>That did not work</h1>" in page.text
        assert "a.md: the front matter &lt;b&gt;is broken" in page.text and "/home/" not in page.text
        assert client.get("/api/corpus").json()["detail"].startswith("a.md: the front matter")
        missing = client.get("/articles/none")
        assert missing.status_code == 404 and "there is no such article" in missing.text
        assert "nosniff" in missing.headers["x-content-type-options"]
