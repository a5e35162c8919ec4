"""What the made-up members wrote when they handed work in, and what their reviewers answered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """text: the work itself, in Markdown. has_link: it also lies somewhere as files."""

    text: str
    reflection: str
    has_link: bool = True


WORK = {
    "map-your-use-case": [
        Piece(
            "**Task:** sort incoming repair requests into five queues, as the dispatcher does by hand today.\n\n"
            "| question | mark | why |\n|---|---|---|\n| Can one buy it? | 4 | two of our suppliers offer it |\n"
            "| Who bears a wrong result? | 2 | the technician who drives for nothing |\n\n"
            "**Next step:** count the wrong queues of one week by hand, Ines, until Friday.",
            "The model is the boring part. That nobody counts the wrong queues today surprised us all.", has_link=False,
        ),
        Piece(
            "**Task:** draft the weekly report on outages from our tickets. It is done when the shift lead signs it "
            "without a change to the facts.\n\nThe mark for the cost of an error is low only because a person signs.",
            "I wanted to give four marks for “ready”. My colleague asked where each came from, and two did not hold.",
            has_link=False,
        ),
    ],
    "first-local-model": [
        Piece(
            "The server listens on 127.0.0.1 and a request from my phone was refused.\n\n```text\nprompt_tokens 9, "
            "completion_tokens 14\ncurl: (7) Failed to connect\n```\n\nAt temperature 0 the same words came "
            "three times; "
            "at 1 three different ones.",
            "It invents with the same calm with which it is right. I had read that; now I have seen the numbers.",
        ),
        Piece(
            "It ran on a six-year-old laptop. The invented sentence was “the bakery opens at nine”; `grep nine` "
            "over the "
            "training text finds nothing.",
            "I had thought that I needed a graphics card before I could learn anything here.",
        ),
    ],
    "pr-summary": [
        Piece(
            "The check stops my own last pull request: 612 lines and no test. I split it into three.\n\n"
            "What the script cannot see: whether the test tests anything.",
            "The summary was easy. To agree in the team on what counts as too large took the rest of the afternoon.",
        ),
    ],
    "local-cluster": [
        Piece(
            "The bad release stayed at one of three copies because its health check never answered, and the two "
            "old ones "
            "went on serving. Log and manifest are in the repository.",
            "I would have written a script with commands. Declaring the state made the rollback one line.",
        ),
    ],
    "search-own-docs": [
        Piece(
            "Searching by meaning finds “restart the build cluster” for “who may reboot CI”; by word it does "
            "not. By word "
            "it finds error numbers, by meaning it does not.",
            "Together they fail less than each alone, but my notes from meetings are too short for either.",
        ),
    ],
    "redact-before-send": [
        Piece(
            "`planted 10, missed 0, wrongly removed 1`. The one that was wrongly removed is an order number "
            "that looks like "
            "a phone number. My rule for keys now asks for 20 characters or more; before it missed two.",
            "A project’s name has no shape. Only people who know that it is secret could add it to a list.",
        ),
        Piece(
            "`planted 10, missed 1, wrongly removed 0`. I left the miss in: a password that is an ordinary word.",
            "The number is true for this letter. For our tickets I would have to plant ten new ones.",
        ),
    ],
    "threat-model-assistant": [
        Piece(
            "Five threats in order, the first one: a comment in a dependency tells the assistant to add a "
            "mirror. Measure: "
            "installs only from our own index, Tomasz, by the end of the month; the test is an install from elsewhere.",
            "I had drawn the arrows to the assistant and forgotten those back from it.", has_link=False,
        ),
    ],
    "ethics-check": [
        Piece(
            "Idea: rank applicants for repairs by how urgent their words sound. Stop sign at question 4: who "
            "writes calmly "
            "waits longest. We rank by what is broken instead.",
            "The person we asked from the other side of the counter found the stop sign in one minute.", has_link=False,
        ),
    ],
    "test-gate": [
        Piece(
            "The gate failed first on an empty function, then on a weakened test, then on mine. All three logs "
            "are in the "
            "repository.",
            "Two of my tests passed on code that did nothing. I would not have looked.",
        ),
    ],
}  # fmt: skip
PRAISES = [
    "“{criterion}” convinced me most: you show it instead of saying it. Keep the log, you will want it in half a year.",
    "Clear, and I could repeat it on my machine in ten minutes. For the next one, say first what you expected.",
    "I like that you left the failure in. That is what makes the rest believable.",
    "“{criterion}” is better than in most of what I have read here. One small thing: name the version you used.",
    "It works and I learned something. Would you show it to the others who do this lab?",
]
ASKS = [
    "Nearly there. “{criterion}” is missing: one output or one sentence that shows it is enough. The rest holds.",
    "Good start. I could not see “{criterion}” in it. Run it once more, put the last lines in, and say what they mean.",
    (
        "The result is fine, but I cannot tell how you came to it. Please add what you tried before, also what "
        "failed; that "
        "is where “{criterion}” should show."
    ),
]
