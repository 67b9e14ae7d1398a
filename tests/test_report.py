"""Every view shows what the report holds, and nothing in a text can break out of a view."""

import csv
import io
import json
import re
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from sample_report import NOTICE, STATISTICS, make_article, make_evidence, make_hostile_report, make_report

from factcheck.errors import BadData
from factcheck.report import (
    ReportFormat,
    from_json,
    render,
    render_bytes,
    render_csv,
    render_markdown,
    render_table,
    to_dataframe,
    to_json,
)
from factcheck.report.clean import clean_line, clean_text, safe_cell, shorten
from factcheck.report.view import order_evidence, select_evidence
from factcheck.types import Report, ReviewAction, ReviewState, Stance, VerdictLabel

ANSI = re.compile(r"\x1b\[[0-9;]*m")
REPORT_FIELDS = {"schema", "article", "run", "claims"}
CLAIM_FIELDS = {
    "id",
    "text",
    "kind",
    "checkable",
    "check_worthiness",
    "attribution",
    "source",
    "also_at",
    "quantities",
    "time",
    "verdict",
    "confidence",
    "probabilities",
    "flags",
    "flagged",
    "reason",
    "evidence",
}


def test_json_has_the_fields_of_the_contract():
    data = json.loads(json.dumps(to_json(make_report())))
    assert set(data) == REPORT_FIELDS
    assert data["schema"] == "factcheck-report/1"
    assert set(data["claims"][0]) == CLAIM_FIELDS
    first = data["claims"][0]
    assert first["quantities"][0]["value"] == 4100000
    assert first["time"] == {"from": "2023-01-01", "to": "2023-12-31", "text": "in 2023"}
    assert first["evidence"][0]["as_of"] == "2023"
    assert first["evidence"][0]["stance"] == "supports"
    outdated = data["claims"][4]
    assert outdated["flags"] == ["number_mismatch", "outdated"]
    assert [evidence["as_of"] for evidence in outdated["evidence"]] == ["2025-01", "2021"]


def narrow(evidence, quote):
    start = evidence.document.body.index(quote)
    return replace(evidence, quote=quote, start=start, end=start + len(quote))


def with_context():
    """The report with a passage of two sentences of which the second is quoted."""
    report = make_report()
    whole = make_evidence(STATISTICS, STATISTICS.body, 0.03, 0.91, findings=report.claims[1].evidence[0].findings)
    quoted = narrow(whole, "Brack handled 5.6 million in the same year.")
    beside = replace(make_evidence(NOTICE, "second terminal", 0.1, 0.1), preceding="of 2025 the ", following=" runs")
    checked = replace(report.claims[1], evidence=(quoted, beside))
    return replace(report, claims=(report.claims[0], checked, *report.claims[2:]))


def test_json_tells_the_kind_of_source_and_what_stands_around_the_quote():
    data = to_json(with_context())["claims"][1]["evidence"][0]
    assert data["kind"] == "official"
    assert (data["before"], data["after"]) == ("Aldmouth handled 4.1 million containers in 2023. ", "")
    assert STATISTICS.body[data["start"] - len(data["before"]) :] == data["before"] + data["quote"]
    assert (data["passage_start"], data["passage_end"]) == (0, len(STATISTICS.body))


def test_what_the_judge_read_is_told_from_what_stands_beside_it():
    report = with_context()
    data = to_json(report)["claims"][1]["evidence"][1]
    assert (data["before"], data["after"]) == ("of 2025 the ", " runs")
    kept = from_json(to_json(report)).claims[1].evidence[1]
    assert (kept.passage.text, kept.passage.start) == ("second terminal", NOTICE.body.index("second terminal"))
    assert (kept.preceding, kept.following) == ("of 2025 the ", " runs")


def test_json_tells_what_was_looked_for_where_nothing_decides():
    claims = to_json(make_report())["claims"]
    assert [number for number, claim in enumerate(claims) if "looked_for" in claim] == [5]
    assert claims[5]["looked_for"] == {
        "entities": ["Brack"],
        "quantities": [],
        "time": None,
        "query": "Gulls prefer Brack",
    }


def test_a_report_of_an_earlier_version_is_still_read():
    data = to_json(make_report())
    for evidence in (evidence for claim in data["claims"] for evidence in claim["evidence"]):
        for name in ("kind", "before", "after", "passage_start", "passage_end"):
            del evidence[name]
    del data["claims"][5]["looked_for"]
    (evidence,) = from_json(data).claims[0].evidence
    assert (evidence.document.kind, evidence.before, evidence.passage.text) == ("unknown", "", evidence.quote)


def test_json_embeds_the_text_only_where_it_is_not_the_file():
    report = make_report()
    assert "text" not in to_json(report)["article"]
    embedded = replace(report, article=replace(report.article, embeds_text=True))
    assert to_json(embedded)["article"]["text"] == report.article.text


@pytest.mark.parametrize("make", [make_report, make_hostile_report, with_context])
def test_json_round_trip(make):
    data = to_json(make())
    again = from_json(json.loads(json.dumps(data)), article_text=make().article.text)
    assert to_json(again) == data
    assert again.claims[0].claim == make().claims[0].claim


def test_json_keeps_other_words_and_open_references_where_there_are_any():
    report = make_report()
    claim = replace(report.claims[0].claim, reworded_from="It handled them.", unresolved=("it",))
    data = to_json(replace(report, claims=(replace(report.claims[0], claim=claim),)))
    assert (data["claims"][0]["reworded_from"], data["claims"][0]["unresolved"]) == ("It handled them.", ["it"])
    assert from_json(data, article_text=report.article.text).claims[0].claim == claim
    with pytest.raises(BadData, match=r"claims\[0\].unresolved should be a list of texts"):
        data["claims"][0]["unresolved"] = [1]
        from_json(data)


@given(supports=st.floats(0, 1), share=st.floats(0, 1))
def test_a_stance_keeps_its_label_through_json(supports, share):
    refutes = (1 - supports) * share
    report = make_report()
    checked = report.claims[0]
    stance = Stance(supports, refutes, max(0.0, 1 - supports - refutes))
    evidence = replace(checked.evidence[0], stance=stance)
    data = to_json(replace(report, claims=(replace(checked, evidence=(evidence,)),)))
    assert to_json(from_json(data, article_text=report.article.text)) == data


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data: data.pop("claims"), "report lacks the field 'claims'"),
        (lambda data: data.update(schema="factcheck-report/9"), "expected the schema factcheck-report/1"),
        (lambda data: data["claims"][1].update(verdict="true"), "claims[1].verdict should be one of supported"),
        (lambda data: data["claims"][0].update(text=5), "claims[0].text should be text, found 5"),
        (lambda data: data["claims"][0]["source"].update(start="0"), "claims[0].source.start should be a number"),
        (lambda data: data["claims"][0]["time"].update({"from": "May"}), "should be a date such as 2024-11-18"),
    ],
)
def test_a_damaged_report_is_named_by_field(damage, message):
    data = to_json(make_report())
    damage(data)
    with pytest.raises(BadData, match=re.escape(message)):
        from_json(data)


def test_no_object_is_no_report():
    with pytest.raises(BadData, match="found list"):
        from_json([])


@pytest.mark.parametrize("width", [80, 100, 120, 200])
@pytest.mark.parametrize("make", [make_report, make_hostile_report])
def test_the_table_fits_its_width(width, make):
    lines = render_table(make(), width=width, colour=False).splitlines()
    assert max(cell_len(line) for line in lines) <= width


def test_the_table_says_everything_without_colour():
    shown = render_table(make_report(), width=160, colour=False)
    assert "\x1b" not in shown
    for symbol, word in [
        ("✔", "supported"),
        ("✘", "refuted"),
        ("⇄", "conflicting"),
        ("?", "not enough info"),
        ("–", "not checkable"),
    ]:
        assert f"{symbol} {word}" in shown
    assert "94%" in shown and "“Aldmouth handled 4.1 million containers in 2023.”" in shown
    assert "7 claims: ✔ 2 supported, ✘ 2 refuted (1 outdated)" in shown and "4 flagged" in shown
    assert "1 claim lacks evidence; `factcheck gaps REPORT.json` lists the documents worth adding" in shown
    assert "(official source, as of 2023, published 2024-02-11)" in " ".join(shown.split())
    assert "six cranes" in shown and "In 2021 the terminal at Brack ran nine cranes." in shown


def test_colour_adds_escapes_and_changes_no_character():
    plain = render_table(make_report(), width=100, colour=False)
    coloured = render_table(make_report(), width=100, colour=True)
    assert "\x1b[" in coloured
    strip = [line.rstrip() for line in ANSI.sub("", coloured).splitlines()]
    assert strip == plain.splitlines()


def test_flagged_claims_come_first_with_their_own_numbers():
    lines = render_table(make_report(), width=100, colour=False, flagged_first=True).splitlines()
    numbers = [int(found[1]) for line in lines if (found := re.match(r" (\d) +\S", line))]
    assert numbers == [2, 3, 4, 5, 1, 6, 7]


def test_reviews_are_shown_beside_the_claim():
    report = make_report()
    state = ReviewState(
        ReviewAction.OVERRIDE, VerdictLabel.SUPPORTED, "Ada [red]", "2025-05-02T10:00:00Z", notes=("rang the port",)
    )
    shown = render_table(report, width=200, colour=False, reviews={report.claims[1].claim.id: state})
    assert "» overridden: supported by Ada [red], 2025-05-02" in shown
    assert "1 reviewed" in shown
    assert to_json(report, {report.claims[1].claim.id: state})["claims"][1]["review"]["verdict"] == "supported"


def test_an_empty_report_is_shown():
    report = make_report()
    empty = Report(article=report.article, run=report.run, claims=())
    assert "0 claims: none · 0 flagged" in render_table(empty, width=80, colour=False)
    assert list(to_dataframe(empty).columns) == list(to_dataframe(report).columns)
    assert render_csv(empty).count("\n") == 1


def test_hostile_text_sends_no_control_sequence_to_the_terminal():
    shown = render_table(make_hostile_report(), width=100, colour=True)
    left = ANSI.sub("", shown)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", left)
    assert "[red]bold[/red]" in "".join(left.split())


def test_the_frame_has_a_row_a_claim():
    frame = make_report().to_dataframe()
    assert list(frame["verdict"])[:2] == ["supported", "refuted"]
    assert frame["claim"][0] == "Aldmouth moved 4.1 million containers in 2023."
    assert frame["evidence_publisher"][0] == "Office of Coastal Statistics"
    assert frame["flags"][4] == "number_mismatch; outdated"


def test_csv_and_excel_hold_no_formula():
    reports = [make_report(), make_hostile_report()]
    rows = list(csv.reader(io.StringIO(render_csv(reports))))
    assert len(rows) == 1 + 7 + 1
    for row in rows[1:]:
        assert not any(re.match(r"\s*[=+\-@]", cell) and not re.fullmatch(r"-?[\d.e-]+", cell) for cell in row)
    book = openpyxl.load_workbook(io.BytesIO(render_bytes(reports, ReportFormat.XLSX)))
    cells = [cell for row in book["claims"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(isinstance(cell.value, str) and cell.value.startswith("=HYPERLINK") for cell in cells)


def test_markdown_shows_all_and_opens_no_markup():
    shown = render_markdown(make_report())
    assert "## 2. ✘ The port of Aldmouth is the busiest on the coast." in shown
    assert "<https://statistics.example/tables?year=2024&sort=port>" in shown
    assert shown.count("\n## ") == 7
    assert "Looked for: Brack. Search for: Gulls prefer Brack" in shown
    around = render_markdown(with_context())
    assert "“Brack handled 5.6 million in the same year.” — Office of Coastal Statistics, " in around
    assert "  - before it: “Aldmouth handled 4.1 million containers in 2023.”" in around
    assert around.count("after it") == 1 and "  - before it: “of 2025 the”\n  - after it: “runs”" in around
    assert ">), official source, as of 2023" in around
    hostile = render_markdown(make_hostile_report())
    assert "<script" not in hostile.replace("\\<", "")
    assert not re.search(r"\]\(<?javascript", hostile)
    assert "\x1b" not in hostile and "\u202e" not in hostile


def test_json_lines_are_one_report_a_line():
    lines = render([make_report(), make_hostile_report()], ReportFormat.JSONL).splitlines()
    assert [json.loads(line)["schema"] for line in lines] == ["factcheck-report/1"] * 2
    assert isinstance(json.loads(render([make_report()], ReportFormat.JSON)), list)
    assert isinstance(json.loads(render(make_report(), ReportFormat.JSON)), dict)


def test_a_binary_form_is_not_shown_as_text():
    with pytest.raises(BadData, match="--output"):
        render(make_report(), ReportFormat.XLSX)


@given(st.text())
def test_clean_text_leaves_nothing_a_terminal_obeys(text):
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", clean_text(text))
    assert "\n" not in clean_line(text)
    assert not safe_cell(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t"))


@given(st.text(), st.integers(12, 60), st.text(max_size=20))
def test_shorten_keeps_to_its_limit(text, limit, around):
    assert len(shorten(text, limit, around=around)) <= limit


def test_shorten_keeps_the_deciding_sentence():
    text = "First words of no weight at all here. " * 5 + "Six cranes stand. " + "And the rest goes on. " * 5
    short = shorten(text, 60, around="Six cranes stand.")
    assert "Six cranes stand." in short and short.startswith("… ") and short.endswith(" …")
    assert shorten("short", 60) == "short"


def test_every_unicode_article_can_be_shown():
    report = make_report(make_article("Ünïcode 🏗 港\n\n" + make_report().article.text))
    assert "🏗" in render_table(report, width=80, colour=False)


def test_the_evidence_quoted_first_takes_the_side_of_the_verdict():
    report = make_report()
    outdated = report.claims[4]
    turned = replace(outdated, evidence=outdated.evidence[::-1])
    assert [found.stance.label.value for found in select_evidence(turned)] == ["refutes", "supports"]
    plain = replace(turned, verdict=replace(turned.verdict, flags=()))
    assert select_evidence(plain) == (outdated.evidence[0],)
    assert order_evidence(plain) == outdated.evidence
    unclear = replace(plain, verdict=replace(turned.verdict, label=VerdictLabel.NOT_ENOUGH_INFO, flags=()))
    assert order_evidence(unclear) == turned.evidence
    assert select_evidence(report.claims[6]) == ()
