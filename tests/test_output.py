"""Where output goes: whole files, links and pipes left in place, UTF-8 on every system."""

import os
import subprocess
import sys
import threading

import pytest

from factcheck.cli.output import write_bytes
from factcheck.errors import BadWorkspace


def test_standard_output_is_utf_8_whatever_the_code_page(tmp_path):
    article = tmp_path / "a.txt"
    article.write_text("The café in Łódź had 40 seats in 2024.", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from factcheck.cli import main; main()", "claims", str(article)],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Łódź" in done.stdout.decode("utf-8")


def test_a_link_stays_and_its_target_is_replaced(tmp_path):
    target, link = tmp_path / "real.txt", tmp_path / "link.txt"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_bytes(b"new", link)
    assert link.is_symlink() and target.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_written_into(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_bytes(b"new", pipe)
    reader.join(5)
    assert got == [b"new"] and pipe.is_fifo()


def test_no_scratch_file_is_left_when_writing_fails(tmp_path, monkeypatch):
    def refuse(_source, _target):
        raise PermissionError(13, "not allowed")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(BadWorkspace, match="cannot be written"):
        write_bytes(b"new", tmp_path / "a.txt")
    assert list(tmp_path.iterdir()) == []
