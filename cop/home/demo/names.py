"""Material for made-up members; every address ends in .invalid and reaches nobody."""

FIRST = (
    "Aisha Akira Amara Anders Ana Arjun Beatriz Bjorn Camille Carlos Chen Chiara Daan Dalia Diego Ebba Elif Emeka "
    "Esther Fatima Femke Fredrik Giulia Goran Hanna Hassan Ines Ingrid Ioana Ivan Jamal Jana Joao Jonas Kaito "
    "Katarzyna Khadija Lars Leila Lena Lucia Luuk Magda Malik Marta Mateo Mei Milan Nadia Naoko Niamh Noor Olga "
    "Omar Oskar Paolo Petra Priya Rafael Rania Ravi Rosa Ruben Samira Sanne Selin Sofia Stefan Tariq Thandi "
    "Tomasz Ursula Valentina Viktor Wanjiru Wei Yasmin Youssef Zeynep Zofia"
).split()
LAST = (
    "Almeida Andersson Bakker Banerjee Baptiste Berg Bianchi Chen Costa Dekker Demir Diallo Dubois Eriksen "
    "Fernandez Fischer Garcia Gupta Haddad Hansen Hernandez Ibrahim Ivanov Jansen Jensen Kaya Khan Kim Kowalczyk "
    "Kumar Larsen Lee Lindqvist Lopez Mbeki Mendes Meyer Moreau Mwangi Nakamura Novak Nowak Nguyen Okafor Olsen "
    "Ortiz Osei Park Patel Pereira Petrov Popescu Ramos Rossi Sato Schmidt Silva Singh Smit Sorensen Tanaka "
    "Torres Ueda Vargas Visser Weber Wozniak Yilmaz Zhang Zimmermann"
).split()
TOWNS = (
    "Utrecht Porto Gdansk Lyon Bergen Torino Nairobi Izmir Leuven Malmo Graz Bilbao Cork Tartu Brno Ghent Aarhus "
    "Leipzig Lagos Pune Montreal Bogota Kyoto Athens"
).split()
WORK = {
    "bart": [
        "Designs platforms for hospitals and keeps the drawings honest",
        "Architect who moves old systems one careful step at a time",
        "Plans OpenShift clusters and the people around them",
    ],
    "kim": [
        "Writes AI strategy that a board can read in ten minutes",
        "Advises towns on data, with more questions than slides",
        "Turns pilot results into decisions that last",
    ],
    "adrian": [
        "Keeps pipelines green where nothing may leave the building",
        "Platform engineer who automates the dull half of the week",
        "Runs GitOps for a network that must not blink",
    ],
    "sayed": [
        "On call every third week and fond of short runbooks",
        "Operations specialist who writes down what fixed it",
        "Looks after monitoring, and after the people it wakes",
    ],
    "maria": [
        "Works on standards for fair and lawful use of models",
        "Privacy officer who likes to see the real system",
        "Teaches ethics to engineers, with their own examples",
    ],
    "leo": [
        "Builds small products quickly and closes most of them",
        "Founder of a scheduling service for repair shops",
        "Freelance developer between two ideas",
    ],
}
TOPICS = {
    "bart": ["reference designs", "OpenShift", "network plans", "Ansible roles"],
    "kim": ["strategy papers", "plain writing", "workshops", "board questions"],
    "adrian": ["GitOps", "secrets handling", "local models", "pipelines"],
    "sayed": ["runbooks", "alerts", "shell scripts", "incident reviews"],
    "maria": ["privacy checks", "risk assessment", "policy texts", "bias tests"],
    "leo": ["prototypes", "pricing", "front ends", "first customers"],
}
HELLOS = [
    "I look after forty servers and one very old mail system.",
    "I try to measure whether our search finds what people mean.",
    "I write policies, and want to see what they do to real work.",
    "I automate deployments for a small hospital.",
    "I build prototypes for a living and keep almost none of them.",
    "I want to know what I may paste into a model, and what not.",
    "I teach colleagues to read what generated code really does.",
]
