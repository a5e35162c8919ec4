import threading

import pytest
from django.db import connection

from cop.site.models import JobRun
from cop.site.runs import lock, recorded


@pytest.mark.django_db
def test_a_run_keeps_its_counts():
    recorded("count sheep")(lambda: {"sheep": 3})()

    run = JobRun.objects.get()
    assert (run.name, run.status, run.counts) == ("count sheep", "done", {"sheep": 3})
    assert run.ended_at >= run.started_at


@pytest.mark.django_db
def test_a_failed_run_keeps_its_error_and_does_not_stop_the_worker():
    def broken():
        raise ValueError("no sheep")

    assert recorded("count sheep")(broken)() == {}

    assert JobRun.objects.values_list("status", "error").get() == ("failed", "ValueError: no sheep")


@pytest.mark.django_db
@pytest.mark.parametrize(("counts", "rows"), [({"sent": 0}, 0), ({"sent": 2}, 1)])
def test_a_quiet_job_records_only_runs_that_did_something(counts, rows):
    recorded("send", quiet=True)(lambda: counts)()

    assert JobRun.objects.count() == rows


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_does_the_run_and_the_other_says_that_it_was_locked():
    entered, leave = threading.Event(), threading.Event()

    def slow():
        entered.set()
        leave.wait(5)
        return {"sheep": 1}

    def first():
        recorded("count sheep")(slow)()
        connection.close()

    worker = threading.Thread(target=first)
    worker.start()
    entered.wait(5)
    recorded("count sheep")(lambda: {"sheep": 99})()
    leave.set()
    worker.join()

    assert sorted(JobRun.objects.values_list("status", "error")) == [("done", ""), ("skipped", "locked")]


@pytest.mark.django_db
def test_the_lock_is_free_again_after_an_error():
    def enter_and_fail():
        with lock("once"):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        enter_and_fail()

    with lock("once") as mine:
        assert mine
