"""What a new lab begins with: the form that a good teacher would use, in the words of a lab."""

RESERVED = {"reviews", "submissions", "new", "contribute", "tries"}  # addresses below /labs/ that are no lab
STEPS = """\
Say in two or three sentences what somebody does here and why it is worth the time.

## Get ready {#ready minutes=5}

**Why.** Say what this step is good for.

**Do.** Write the exact commands, one block for each, so that they can be copied:

```sh
python3 --version
```

**You see** what really came out when you ran it:

```text
Python 3.11.4
```

## Do the thing itself {#do minutes=15}

**Why.** Say why this comes now.

**Do.** Write what to type, to change or to draw.

**You see** what tells that it worked.

## Look at it once more {#look minutes=5}

**Why.** A result that nobody doubted is half a result. Try one thing that should fail, and see it fail.
"""
PLACEHOLDERS = (
    "Say in two or three sentences what somebody does here", "Say what this step is good for.",
    "Say why this comes now.", "Write what to type, to change or to draw.", "What one needs to have and to know before",
    "Where it is done and with what", "Say what to do then, in one or two sentences.",
    "What can be seen when it does.", "What the own words have to say.", "Which data stayed where, and how one knows.",
    "What was tried that should fail, and did.",
)  # fmt: skip
TROUBLE = [{"problem": "It says `command not found`.", "cure": "Say what to do then, in one or two sentences."}]
RUBRIC = [
    {"name": "It works", "text": "What can be seen when it does."},
    {"name": "It is explained", "text": "What the own words have to say."},
    {"name": "It is safe", "text": "Which data stayed where, and how one knows."},
    {"name": "It was tested", "text": "What was tried that should fail, and did."},
]
TEMPLATE = f"""\
---
title: ""
# One sentence that begins with “You end with”.
aim: ""
# All steps that are not optional, together.
minutes: 25
# The furthest place that data goes to: none, local-only, on-premises, vendor-cloud or public-service.
exposure: ""
no_code: false
# As SPDX writes it. With CC-BY-4.0 others may use it and name you.
licence: CC-BY-4.0
prerequisites:
  - "What one needs to have and to know before"
environment: "Where it is done and with what"
# How to do it on one's own machine, where the exposure goes further than local-only.
local_alternative: ""
# What one has at the end and can see.
expected: ""
# One question to think about afterwards.
reflection: ""
troubleshooting:
  - problem: "{TROUBLE[0]["problem"]}"
    cure: "{TROUBLE[0]["cure"]}"
rubric:
  - name: "{RUBRIC[0]["name"]}"
    text: "{RUBRIC[0]["text"]}"
  - name: "{RUBRIC[1]["name"]}"
    text: "{RUBRIC[1]["text"]}"
  - name: "{RUBRIC[2]["name"]}"
    text: "{RUBRIC[2]["text"]}"
  - name: "{RUBRIC[3]["name"]}"
    text: "{RUBRIC[3]["text"]}"
---

{STEPS}"""
