"""The page in a real browser: a whole review by keyboard, documents, exports, and what axe-core says of it.

Needs a chromium of the system (Debian: ``apt-get install chromium``) and is skipped where there is none.
"""

import shutil
from pathlib import Path

import pytest
from sample_report import TEXT, make_hostile_report, make_report
from web_stand_ins import TOKEN, FixedChecker, LibraryChecker, ListLibrary, let_in, make_desk, record, serve_in_thread

from factcheck.report import ReportFormat, render
from factcheck.types import HandEvidence, ReviewAction, VerdictLabel
from factcheck.web.ports import SourceDetails

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed")
pytestmark = [
    pytest.mark.screen,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here; apt-get install chromium"),
]
AXE = Path(axe.__file__).parent / "axe.min.js"
REPORT = make_report()
QUEUE = [REPORT.claims[index].claim.id for index in (1, 4, 2, 3)]


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def served():
    """A page on a free port in a thread: its desk, its address, its checker."""
    checker = FixedChecker()
    desk = make_desk(checker=checker)
    record(desk)
    address, end = serve_in_thread(desk)
    yield desk, address, checker
    end()


@pytest.fixture
def page(chromium, served):
    context = let_in(chromium.new_context(viewport={"width": 1300, "height": 900}), served[1])
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
    yield page
    assert page.problems == []
    context.close()


def article_address(served):
    desk, base, _ = served
    return f"{base}/articles/{desk.articles()[0].sha256}"


def press(page, *keys: str):
    for key in keys:
        page.keyboard.press(key)


def wait_for_status(page, text):
    page.wait_for_function("text => document.getElementById('status')?.textContent.includes(text)", arg=text)


def current(page):
    return page.evaluate("document.querySelector('.card.current').dataset.claim")


def violations(page):
    """What axe-core finds against WCAG 2.0 to 2.2, levels A and AA."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [
        (one["id"], one["impact"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found["violations"]
    ]


def test_a_whole_review_by_keyboard_alone(page, served):
    desk, _, _ = served
    page.goto(article_address(served))
    assert current(page) == QUEUE[0]
    press(page, "a")
    wait_for_status(page, "accept: recorded")
    assert current(page) == QUEUE[1]
    press(page, "o")
    assert page.evaluate("document.activeElement.id") == "verdict"
    press(page, "ArrowDown", "Enter")
    wait_for_status(page, "override: recorded")
    press(page, "n")
    page.keyboard.type("rang the port, all day")
    press(page, "Tab", "Enter")
    wait_for_status(page, "note: recorded")
    press(page, "x")
    wait_for_status(page, "not a claim: recorded")
    press(page, "w")
    wait_for_status(page, "needs source: recorded")
    assert page.locator("#left").text_content() == "every flagged claim is decided"
    press(page, "u")
    wait_for_status(page, "taken back")
    assert current(page) == QUEUE[3] and page.locator("#left").text_content() == "1 claim to decide"
    press(page, "a")
    wait_for_status(page, "accept: recorded")
    states = desk.ledger.states(desk.ledger.last_report())
    assert [states[claim_id].action for claim_id in QUEUE] == [
        ReviewAction.ACCEPT,
        ReviewAction.OVERRIDE,
        ReviewAction.NOT_A_CLAIM,
        ReviewAction.ACCEPT,
    ]
    assert states[QUEUE[1]].verdict is VerdictLabel.SUPPORTED
    assert states[QUEUE[2]].notes == ("rang the port, all day",)
    page.reload()
    assert page.locator(".card.settled").count() == 4


def focus_and_press(page, locator, key="Enter"):
    locator.focus()
    page.keyboard.press(key)


def test_a_review_a_document_a_recheck_and_an_export_by_keyboard_alone(chromium, tmp_path):
    library = ListLibrary()
    desk = make_desk(checker=LibraryChecker(library), library=library)
    base, end = serve_in_thread(desk)
    context = let_in(chromium.new_context(viewport={"width": 1300, "height": 900}), base)
    page = context.new_page()
    page.set_default_timeout(10_000)
    try:
        page.goto(base)
        page.locator("#text").focus()
        page.keyboard.insert_text(TEXT)
        focus_and_press(page, page.get_by_role("button", name="Check this text"))
        page.wait_for_url("**/articles/*")
        address = page.url
        first = current(page)
        number = page.evaluate("document.querySelector('.card.current').id.replace('claim-', '')")

        press(page, "v")
        page.keyboard.type("Brack had more ships.")
        press(page, "Tab")
        page.keyboard.type("A letter")
        press(page, "Tab", "Tab", "ArrowUp", "Tab", "Enter")
        wait_for_status(page, "evidence: recorded")
        hand = page.locator(f"#claim-{number} .by-hand")
        assert "refutes" in hand.text_content() and "Brack had more ships." in hand.text_content()
        press(page, "e", "Control+a")
        page.keyboard.type("Brack has the most cranes of all")
        press(page, "Tab", "Enter")
        wait_for_status(page, "“Check again” judges the new words")
        assert "not judged in them yet" in page.locator(f"#claim-{number} .wording").text_content()
        left = len(page.evaluate("open"))
        for step in range(left):
            press(page, "a")
            page.wait_for_function("left => open.length === left", arg=left - step - 1)
        assert page.locator("#left").text_content() == "every flagged claim is decided"

        focus_and_press(page, page.get_by_role("link", name="Documents"))
        page.wait_for_url("**/corpus")
        document = tmp_path / "cranes.md"
        document.write_text("Brack has the most cranes of all, the coast guard writes.", encoding="utf-8")
        with page.expect_file_chooser() as chooser:
            focus_and_press(page, page.locator("#file"))
        chooser.value.set_files(document)
        page.locator("#title").focus()
        page.keyboard.type("On cranes")
        press(page, "Enter")
        wait_for_status(page, "On cranes: added")

        assert page.locator("#articles li").count() == 1
        page.goto(address)
        assert page.locator("#behind").is_visible()
        press(page, "r")
        page.wait_for_url("**recheck=*")
        assert page.evaluate("document.activeElement.id") == "changes"
        told = page.locator(".changes").text_content()
        assert "1 of them in the words of a review; 1 verdict changed" in told
        assert "? not enough info → ✔ supported: Brack has the most cranes of all" in told
        assert "(judged in the words of its last review)" in told and "(new: On cranes)" in told
        card = page.locator(f"#claim-{number}")
        assert card.locator(".claim").text_content() == "Brack has the most cranes of all"
        assert card.locator(".wording").text_content().startswith("judged in a reviewer's words; taken from")
        assert "see again: the verdict was not enough info and is now supported" in card.text_content()
        assert not page.locator("#behind").is_visible()

        assert page.evaluate("open") == [first]
        focus_and_press(page, page.locator(".changes a"))
        assert current(page) == first
        press(page, "a")
        wait_for_status(page, "accept: recorded")
        with page.expect_download() as waiting:
            focus_and_press(page, page.get_by_role("link", name="md", exact=True))
        report = waiting.value.path().read_text(encoding="utf-8")
        assert "✔ Brack has the most cranes of all" in report and "On cranes" in report
        assert "*refutes, added by hand*: “Brack had more ships.” — A letter" in report
        assert "accepted by ada" in report
    finally:
        context.close()
        end()


def test_fast_keys_are_recorded_in_their_order(page, served):
    desk, _, _ = served
    page.goto(article_address(served))
    press(page, *"jjkj")
    assert page.evaluate("document.querySelector('.card.current').id") == "claim-4"
    press(page, "a", "a", "u", "u")
    wait_for_status(page, "taken back")
    page.wait_for_function("() => document.getElementById('left').textContent.startsWith('4 ')")
    assert desk.ledger.states(desk.ledger.last_report()) == {}


def test_single_keys_can_be_turned_off_and_do_nothing_in_a_field(page, served):
    desk, _, _ = served
    page.goto(article_address(served))
    page.locator("#reviewer").focus()
    press(page, "End")
    page.keyboard.type("xawu")
    page.locator("#keys").uncheck()
    page.locator(".card").first.focus()
    press(page, "a", "x")
    page.wait_for_timeout(200)
    assert desk.ledger.log() == []
    page.reload()
    assert not page.locator("#keys").is_checked()
    assert page.locator("#reviewer").input_value() == "adaxawu"


def test_filters_leave_what_was_asked_for(page, served):
    page.goto(article_address(served))
    for value, count in [("flagged", 4), ("refuted", 2), ("not_checkable", 1), ("all", 7)]:
        page.locator(f"input[name=show][value={value}]").check()
        shown = page.evaluate("[...document.querySelectorAll('.card')].filter(isShown).length")
        assert shown == count, value


def test_the_quote_is_shown_in_its_document(page, served):
    page.goto(article_address(served))
    page.locator("#claim-2 details.where summary").click()
    page.wait_for_selector("#claim-2 .context mark")
    assert "Aldmouth handled" in page.locator("#claim-2 .context").text_content()


def test_a_click_in_the_text_leads_to_the_claim(page, served):
    page.goto(article_address(served))
    page.locator(".mark", has_text="nine cranes").click()
    assert current(page) == QUEUE[1]
    assert page.locator(".mark.current").text_content() == "it still runs nine cranes today"


def test_a_pasted_article_is_checked_with_progress_and_opened(page, served):
    _, base, checker = served
    checker.gate.clear()
    page.goto(base)
    page.locator("#text").fill(TEXT.replace("Harbour towns", "Ports"))
    page.get_by_role("button", name="Check this text").click()
    wait_for_status(page, "judging: 1 of 2")
    assert page.locator("#progress").is_visible()
    checker.gate.set()
    page.wait_for_url("**/articles/*")
    assert page.locator("h1").text_content() == "Ports and their cranes"


def test_a_file_is_checked_and_a_wrong_one_refused(page, served, tmp_path):
    _, base, _ = served
    wrong = tmp_path / "a.exe"
    wrong.write_bytes(b"MZ")
    page.goto(base)
    page.locator("#file").set_input_files(wrong)
    page.get_by_role("button", name="Check this file").click()
    wait_for_status(page, "none of the kinds that can be read")
    page.problems.clear()  # the browser notes every answer of 400
    right = tmp_path / "ports.txt"
    right.write_text(TEXT + "\nAnd more.", encoding="utf-8")
    page.locator("#file").set_input_files(right)
    page.get_by_role("button", name="Check this file").click()
    page.wait_for_url("**/articles/*")
    assert page.locator(".card").count() == 7


def test_a_document_is_added_found_and_removed_and_a_recheck_returns_a_claim(page, served, tmp_path):
    desk, base, checker = served
    page.goto(article_address(served))
    press(page, "a")
    wait_for_status(page, "recorded")
    document = tmp_path / "gulls.md"
    document.write_text("Gulls prefer Brack.", encoding="utf-8")
    page.goto(f"{base}/corpus")
    page.locator("#file").set_input_files(document)
    page.locator("#title").fill("On <i>gulls</i>")
    page.get_by_role("button", name="Add", exact=True).click()
    wait_for_status(page, "On <i>gulls</i>: added")
    page.locator("#query").fill("gulls prefer")
    page.get_by_role("button", name="Search").click()
    page.wait_for_selector("#hits li")
    assert "Gulls prefer Brack." in page.locator("#hits li").first.text_content()
    checker.labels[REPORT.claims[1].claim.text] = VerdictLabel.SUPPORTED
    page.goto(article_address(served))
    assert page.locator(".card.settled").count() == 1
    page.locator("#recheck").click()
    page.wait_for_function("() => document.querySelectorAll('.card.settled').length === 0")
    assert "see again: the verdict was refuted and is now supported" in page.locator("#claim-2 .review").text_content()
    page.goto(f"{base}/corpus")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Remove On <i>gulls</i>").click()
    wait_for_status(page, "removed")
    assert "on-i-gulls-i-" not in [one.id for one in desk.library.documents()]


def test_the_address_with_the_token_lets_in_and_the_page_without_asks_for_it(chromium, served, tmp_path):
    _, base, _ = served
    context = chromium.new_context()
    page = context.new_page()
    page.goto(base)
    assert page.locator("h1").text_content() == "The page wants its token"
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Open").click()
    page.wait_for_selector("#paste")
    assert page.url == f"{base}/"
    context.clear_cookies()
    elsewhere = tmp_path / "mail.html"
    elsewhere.write_text(f'<a href="{base}/corpus?token={TOKEN}">the page</a>', encoding="utf-8")
    page.goto(elsewhere.as_uri())
    page.get_by_text("the page").click()
    page.wait_for_selector("#query")
    assert page.url == f"{base}/corpus"
    context.close()


def test_all_articles_are_checked_again_from_the_documents(chromium, tmp_path):
    library = ListLibrary()
    desk = make_desk(checker=LibraryChecker(library), library=library)
    base, end = serve_in_thread(desk)
    context = let_in(chromium.new_context(), base)
    page = context.new_page()
    try:
        for text in (TEXT, TEXT + "\nAnd more."):
            desk.check_text(text)
        desk.jobs.call(lambda: None)
        claim = desk.ledger.last_report().claims[1].claim.text
        library.add("cranes.md", f"It is not true that {claim}".encode(), SourceDetails("On cranes"))
        page.goto(f"{base}/corpus")
        assert page.locator("#articles li").count() == 2
        focus_and_press(page, page.get_by_role("button", name="Check them again"))
        wait_for_status(page, "checked again")
        for item in page.locator("#articles > li").all():
            assert "1 verdict changed" in item.text_content() and f"→ refuted: {claim}; new:" in item.text_content()
        page.reload()
        assert page.locator("#articles").count() == 0
    finally:
        context.close()
        end()


def test_a_report_is_exported(page, served, tmp_path):
    page.goto(article_address(served))
    with page.expect_download() as waiting:
        page.get_by_role("link", name="html", exact=True).click()
    path = tmp_path / "report.html"
    waiting.value.save_as(path)
    page.goto(path.as_uri())
    assert page.locator(".card").count() == 7
    page.locator("input[value=refuted]").check()
    assert page.locator("#r1-claim-2").is_visible() and not page.locator("#r1-claim-1").is_visible()


def test_attacks_in_texts_run_nothing(page, served):
    desk, base, _ = served
    report = record(desk, make_hostile_report())
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    for address in ("/", f"/articles/{report.article.sha256}", "/corpus", "/history"):
        page.goto(base + address)
        assert page.evaluate("document.querySelectorAll('script:not([src]), img, b').length") == 0
    page.goto(f"{base}/articles/{report.article.sha256}")
    assert "<script>alert(1)</script>" in page.locator("h1").text_content()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1300), ("dark", 1300), ("light", 390)])
def test_axe_finds_nothing_on_any_page(chromium, served, scheme, width):
    desk, base, checker = served
    press_events = [(1, ReviewAction.ACCEPT), (4, ReviewAction.NOT_A_CLAIM)]
    for index, action in press_events:
        desk.review(REPORT.article.sha256, REPORT.claims[index].claim.id, action, reviewer="ada")
    view = {"width": width, "height": 900}
    context = let_in(chromium.new_context(color_scheme=scheme, bypass_csp=True, viewport=view), base)
    page = context.new_page()
    for address in ("/", f"/articles/{REPORT.article.sha256}", "/corpus", "/history"):
        page.goto(base + address)
        assert violations(page) == [], address
    page.goto(f"{base}/articles/{REPORT.article.sha256}")
    page.keyboard.press("v")
    assert violations(page) == []
    desk.review(
        REPORT.article.sha256, REPORT.claims[2].claim.id, ReviewAction.EVIDENCE, evidence=HandEvidence("q", "t")
    )
    desk.review(REPORT.article.sha256, REPORT.claims[2].claim.id, ReviewAction.EDIT, text="In other words.")
    desk.library.add("gulls.md", b"Gulls prefer Brack.", SourceDetails())
    checker.labels[REPORT.claims[1].claim.text] = VerdictLabel.SUPPORTED
    page.goto(f"{base}/corpus")
    assert page.locator("#articles").is_visible() and violations(page) == []
    page.goto(f"{base}/articles/{REPORT.article.sha256}")
    assert page.locator("#behind").is_visible() and page.locator(".by-hand").is_visible()
    page.keyboard.press("r")
    page.wait_for_url("**recheck=*")
    assert violations(page) == []
    context.clear_cookies()
    page.goto(base)
    assert violations(page) == [], "the page that asks for the token"
    page.set_content(render(REPORT, ReportFormat.HTML))
    assert violations(page) == [], "the HTML report"
    context.close()


def test_it_fits_a_phone(chromium, served):
    desk, base, _ = served
    context = let_in(chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True), base)
    page = context.new_page()
    for address in ("/", f"/articles/{REPORT.article.sha256}", "/corpus", "/history"):
        page.goto(base + address)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
    assert desk is not None
    context.close()
