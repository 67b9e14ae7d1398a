"""Checks that run beside the page: one at a time, in a thread of their own, and how far each is."""

from __future__ import annotations

import logging
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from factcheck.errors import BadArticle, FactcheckError
from factcheck.recheck import Change
from factcheck.report.clean import clean_line
from factcheck.web.ports import Progress

_LOG = logging.getLogger(__name__)
MAX_WAITING = 8
_KEPT = 100
_Result = TypeVar("_Result")


class JobState(StrEnum):
    """How far a check is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """A check: its state, what is being done and how far that is, and its outcome."""

    id: str
    state: JobState = JobState.WAITING
    stage: str = "waiting"
    done: int = 0
    total: int = 0
    article_sha256: str | None = None
    error: str | None = None
    summary: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What a check came to: the digest of its article and, after a recheck, in words what it did and what changed."""

    article_sha256: str
    summary: str = ""
    changes: tuple[Change, ...] = ()


class Jobs:
    """Runs work in one thread: models and index are used by no other, and a second check waits for the first."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="check")
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    def start(self, work: Callable[[Progress], Done]) -> Job:
        """Queue ``work``, which returns what it came to, and return its job.

        :raises BadArticle: when too many are waiting.
        """
        job = Job(uuid.uuid4().hex)
        with self._lock:
            unfinished = sum(one.state in (JobState.WAITING, JobState.RUNNING) for one in self._jobs.values())
            if unfinished >= MAX_WAITING:
                raise BadArticle(f"{unfinished} checks are under way or waiting; try again when one is done")
            self._jobs[job.id] = job
            while len(self._jobs) > _KEPT:
                self._jobs.popitem(last=False)
        self._pool.submit(self._run, job.id, work)
        return job

    def find(self, job_id: str) -> Job | None:
        """Return a job as it is now, ``None`` where there is none of that id."""
        with self._lock:
            return self._jobs.get(job_id)

    def call(self, work: Callable[[], _Result]) -> _Result:
        """Run ``work`` in the thread of the checks and return what it returns, raising what it raises."""
        future: Future[_Result] = self._pool.submit(work)
        return future.result()

    def close(self) -> None:
        """Let what runs come to its end and take nothing more."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, job_id: str, work: Callable[[Progress], Done]) -> None:
        def tell(stage: str, done: int, total: int) -> None:
            self._change(job_id, state=JobState.RUNNING, stage=stage, done=done, total=total)

        tell("reading", 0, 0)
        try:
            done = work(tell)
        except FactcheckError as error:
            self._change(job_id, state=JobState.FAILED, error=clean_line(str(error)))
        except Exception as error:  # the thread must live on; the page says what happened, the log where
            _LOG.exception("a check failed")
            self._change(job_id, state=JobState.FAILED, error=f"an error of ours: {type(error).__name__}")
        else:
            self._change(
                job_id,
                state=JobState.DONE,
                stage="done",
                article_sha256=done.article_sha256,
                summary=done.summary,
                changes=done.changes,
            )

    def _change(self, job_id: str, **changes: object) -> None:
        with self._lock:
            if job_id in self._jobs:
                self._jobs[job_id] = replace(self._jobs[job_id], **changes)  # type: ignore[arg-type]
