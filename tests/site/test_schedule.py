from cop.celery import app
from cop.schedule import BEAT_SCHEDULE


def test_every_scheduled_task_exists():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in BEAT_SCHEDULE.values()} - set(app.tasks) == set()
