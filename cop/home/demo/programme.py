"""The events of the demo, told as days from today, so that the calendar is never empty."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """One event: `days` from today (negative: past), then the next `weekday`, at `hour` in the community's zone."""

    slug: str
    title: str
    kind: str
    days: int
    hour: int
    minutes: int
    host: str
    summary: str
    description: str
    series: str = ""
    module: str = ""
    community: str = ""
    capacity: int | None = None
    registered: int = 0
    waiting: int = 0
    place: str = ""
    agenda: str = ""
    weekday: int | None = None  # 0 is Monday
    access: str = "Captions, and a recording afterwards where all agree"
    recording: str = ""
    topics: tuple[str, ...] = ()


PLANS = [
    Plan(
        "welcome-webinar", "Welcome webinar", "webinar", 4, 18, 60, "bart",
        "A live demo, a guest from a railway operator, ten minutes of questions.",
        "The monthly webinar in its usual form. Bart shows how a small model drafts an Ansible role and where the "
        "draft is wrong. Our guest tells what changed when a railway operator let its planners search minutes in plain "
        "words.\n\nYou need nothing but a browser. New here? Stay ten minutes longer and meet two members of your "
        "community.",
        series="webinar", module="ai-foundations", capacity=100, registered=34,
        agenda="18:00 Live demo\n18:25 The guest\n18:50 Questions", topics=("language models", "search"), weekday=2,
    ),
    Plan(
        "small-workshop", "Small workshop: redact before you send", "workshop", 11, 14, 150, "adrian",
        "Three people, one table, your own text. You leave with a filter that finds what must not reach a model.",
        "Adrian’s team may not use public models. He shows the filter that lets them use a local one with a calm mind. "
        "In this workshop you build the same filter for your own text: names, addresses, tokens, and the three words "
        "that only your organisation uses.",
        series="", module="security-privacy-ip", community="devops-platform", capacity=3, registered=3, waiting=2,
        place="De Werkplaats, room 2, Vredenburg 40, Utrecht",
        access="Step-free, quiet room next door, captions on the screen",
        agenda="14:00 Each person says what must not leave\n14:30 Rules first\n15:15 A small local model\n16:00 One "
        "rule to take home",
        topics=("privacy", "local models"), weekday=2,
    ),
    Plan(
        "ethics-security-circle", "Ethics and security circle", "workshop", 9, 17, 60, "maria",
        "This month: who owns text that a model helped to write.",
        "Maria chairs. We read one short text beforehand, take three cases from members and end with one "
        "sentence each.",
        series="ethics-security", module="security-privacy-ip", registered=11, weekday=2,
        topics=("ownership", "policy"),
    ),
    Plan(
        "sprint-playbooks", "Sprint: AI-assisted Ansible playbooks", "sprint", 13, 16, 180, "bart",
        "Teams of three, one goal, a demo at the end. A quiet hour comes first.",
        "Each team takes one playbook that hurts, lets a model draft the change, and reviews it line by line. At the "
        "end every team shows what it kept and what it threw away.",
        series="sprint", module="infrastructure-automation", community="devops-platform", capacity=24, registered=15,
        topics=("ansible",), weekday=3,
    ),
    Plan(
        "ask-me-anything-search", "Ask me anything: search that works", "ask-me-anything", 20, 17, 60, "kim",
        "Bring a question that your search failed to answer.",
        "Kim and two guests answer what reading left open. Send your question before, or ask it live.",
        series="ask-me-anything", module="rag-knowledge-management", registered=8, weekday=1,
    ),
    Plan(
        "startup-spark-winter", "Startup Spark: one idea in one morning", "hackathon", 29, 10, 240, "leo",
        "From an idea to something one can click, with a team you meet there.",
        "Leo brings three ideas and takes yours. We form teams of four, build until lunch and show what runs.",
        series="startup-spark", module="incubators-sigs", capacity=20, registered=9, topics=("prototypes",), weekday=5,
    ),
    Plan(
        "committee-meeting-next", "Meeting of the steering committee", "committee-meeting", 17, 19, 60, "maria",
        "Open to every member; the agenda stands here a week before.",
        "The committee goes through open decisions. Members listen and may speak when asked.",
        series="committee-meeting", weekday=0,
    ),
    Plan(
        "webinar-first-models", "First webinar: small models on plain laptops", "webinar", -23, 18, 60, "bart",
        "What runs on an office laptop, how fast, and what it is good for.",
        "The recording of our first webinar: three models on one plain laptop, with the same ten questions.",
        series="webinar", module="ai-foundations", capacity=100, registered=41,
        recording="https://recordings.demo.invalid/first-webinar", topics=("local models",), weekday=2,
    ),
    Plan(
        "kick-off", "Kick-off", "kick-off", -54, 17, 90, "bart",
        "How it began: forty people, four questions, one charter.",
        "We met, answered four questions in small groups and wrote the first page of the charter.",
        registered=38, weekday=1,
    ),
]  # fmt: skip
