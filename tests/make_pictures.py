"""Make pictures of the page, the terminal review and the HTML report, to be looked at.

    python tests/make_pictures.py FOLDER

Needs playwright and the system's chromium.
"""

import io
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from sample_report import make_hostile_report, make_report
from web_stand_ins import FixedChecker, let_in, make_desk, record, serve_in_thread

from factcheck.ledger import Ledger, make_event
from factcheck.report import ReportFormat, render, render_table
from factcheck.review.card import render_card
from factcheck.types import HandEvidence, ReviewAction, StanceLabel, VerdictLabel
from factcheck.web.ports import SourceDetails

SIZES = {"desk": (1300, 900), "phone": (390, 844)}


def draw_terminal(folder: Path) -> None:
    """Draw the table and two cards of the review as a terminal shows them."""
    from rich.text import Text

    report = make_report()
    console = Console(record=True, width=110, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(render_table(report, width=110, colour=True)))
    (folder / "table.html").write_text(console.export_html(), encoding="utf-8")
    console = Console(record=True, width=110, file=io.StringIO(), force_terminal=True)
    with Ledger.in_memory() as ledger:
        found = HandEvidence("Brack moved 5.6 million.", "Port log", published="2024-02", stance=StanceLabel.REFUTES)
        ledger.append(make_event(report, report.claims[1], ReviewAction.EVIDENCE, evidence=found))
        ledger.append(make_event(report, report.claims[1], ReviewAction.EDIT, text="Aldmouth is the second port."))
        for index in (1, 4):
            console.rule(f"claim {index} of 4")
            for part in render_card(
                report.article, report.claims[index], ledger.states(report).get(report.claims[index].claim.id)
            ):
                console.print(part)
    (folder / "review.html").write_text(console.export_html(), encoding="utf-8")


def main() -> int:
    """Make every picture."""
    folder, chromium = Path(sys.argv[1]), shutil.which("chromium")
    folder.mkdir(parents=True, exist_ok=True)
    checker = FixedChecker()
    desk = make_desk(checker=checker)
    record(desk, make_hostile_report())
    report = record(desk)
    for index, action in ((0, ReviewAction.ACCEPT), (1, ReviewAction.ACCEPT), (4, ReviewAction.OVERRIDE)):
        verdict = VerdictLabel.SUPPORTED if action is ReviewAction.OVERRIDE else None
        desk.review(report.article.sha256, report.claims[index].claim.id, action, verdict=verdict)
    found = HandEvidence(
        "Brack moved 5.6 million.", "Port log of Brack", published="2024-02", stance=StanceLabel.REFUTES
    )
    busiest = report.claims[1].claim.id
    desk.review(report.article.sha256, busiest, ReviewAction.EVIDENCE, evidence=found)
    desk.review(report.article.sha256, busiest, ReviewAction.EDIT, text="Aldmouth is the second port of the coast.")
    states = desk.ledger.states(report)
    (folder / "report.html").write_text(
        render(report, ReportFormat.HTML, reviews={report.article.sha256: states}), encoding="utf-8"
    )
    draw_terminal(folder)
    base, end = serve_in_thread(desk)
    checker.labels[report.claims[2].claim.text] = VerdictLabel.REFUTED
    job = desk.recheck(report.article.sha256)
    desk.jobs.call(lambda: None)
    desk.library.add("gulls.md", b"Gulls prefer Brack.", SourceDetails("On gulls"))
    pages = {
        "article": f"{base}/articles/{report.article.sha256}",
        "home": f"{base}/",
        "corpus": f"{base}/corpus",
        "history": f"{base}/history",
        "report": (folder / "report.html").absolute().as_uri(),
    }
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                view = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": height})
                let_in(view, base)
                page = view.new_page()
                for name, address in pages.items():
                    page.goto(address)
                    page.screenshot(path=folder / f"{name}-{size}-{scheme}.png")
                page.goto(f"{pages['article']}?recheck={job.id}#changes")
                page.screenshot(path=folder / f"recheck-{size}-{scheme}.png")
                view.close()
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        for name in ("table", "review"):
            page.goto((folder / f"{name}.html").absolute().as_uri())
            page.screenshot(path=folder / f"{name}.png", full_page=True)
        page.goto(pages["report"])
        page.pdf(path=folder / "report.pdf")
        page.emulate_media(media="print")
        page.screenshot(path=folder / "report-print.png", full_page=True)
        browser.close()
    end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
