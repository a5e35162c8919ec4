"""What members of a large community say: a few common words, languages, skills and zones, and many rare ones."""

from __future__ import annotations

import functools
import itertools
import random

FIRST = (
    "Anna Maria Jan Piotr Kim Sofia Lars Ines Tomasz Fatima Leo Priya Jonas Hanna Bart Adrian Sayed Chloé Zoë Łukasz "
    "José Müge Søren Björk Amélie Nuno Olga Ivan Yuki Mei Ahmed Layla Noor Emma Liam Noah Mila Luca Elif Marta"
).split()
SYLLABLES = (
    "ba ber bo chi da dek den el fa gar gen ha hol in jan ka kov la lin ma mar mei mo na ner no ski ta to vic ra son"
).split()
TOWNS = (
    "Utrecht Porto Gdansk Ghent Lyon Kiel Łódź Lisbon Berlin Munich Paris Madrid Rome Oslo Bergen Malmö Zürich "
    "Geneva Vienna Prague Brno Warsaw Kraków Vilnius Riga Tallinn Dublin Cork Leeds Bristol Boston Austin Toronto "
    "Nairobi Lagos Pune Mumbai Tokyo Osaka Seoul Sydney"
).split()
DOES = "Designs Builds Runs Explains Tests Automates Leads Maintains Measures Teaches Translates Secures".split()
WHAT = (
    "platforms pipelines models dashboards runbooks policies clusters prototypes courses audits alerts archives "
    "networks libraries forms budgets strategies datasets robots sensors"
).split()
WHERE = (
    "hospitals banks schools ministries startups factories museums railways farms charities universities cities"
).split()
TOPICS = (
    "retrieval evaluation prompting governance privacy GitOps observability Terraform testing writing facilitation "
    "fine-tuning embeddings agents incident-reviews threat-modelling data-quality accessibility onboarding costs"
).split()
SKILLS = "Ansible Python Kubernetes Terraform Retrieval Evaluation Governance Privacy SQL Linux OpenShift Rust".split()
SKILLS += [
    f"{one} {two}"
    for one in "Applied Data Cloud Model Service Product Team".split()
    for two in "Security Design Testing Strategy Operations Research Writing Ethics".split()
]
LANGUAGES = "en de nl fr es pt pl it sv nb da fi cs hu ro el tr uk hi ja".split()
COUNTRIES = "NL DE FR PL PT ES BE IT SE NO AT CH GB IE US IN JP CZ HU GR".split()
ZONES = (
    "Europe/Amsterdam Europe/Berlin Europe/Warsaw Europe/Lisbon Europe/London America/New_York Asia/Kolkata "
    "Europe/Paris Europe/Madrid Europe/Rome America/Los_Angeles Asia/Tokyo Europe/Athens America/Sao_Paulo "
    "Africa/Nairobi Australia/Sydney America/Chicago Asia/Singapore Asia/Dubai Pacific/Auckland"
).split()
LEVELS = ("explorer", "builder", "mentor", "partner")


@functools.cache
def weights(number: int) -> list[float]:
    return list(itertools.accumulate(1 / place for place in range(1, number + 1)))


def often(chance: random.Random, things: list[str], number: int = 1) -> list[str]:
    """Different things, the first ones of the list most often: the n-th has a weight of 1/n."""
    return list(dict.fromkeys(chance.choices(things, cum_weights=weights(len(things)), k=number)))


def surname(chance: random.Random) -> str:
    """About 35,000 different ones."""
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3)))).capitalize()
