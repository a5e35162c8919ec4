from members.models.ledger import Activity, Verb
from members.models.levels import Level, LevelAward, LevelRule, LevelWish
from members.models.people import ConductAcceptance, ConductVersion, Member, Persona
from members.models.welcome import PlacementAnswer, PlacementOption, PlacementQuestion, WelcomeProgress, WelcomeStep

__all__ = [
    "Activity",
    "ConductAcceptance",
    "ConductVersion",
    "Level",
    "LevelAward",
    "LevelRule",
    "LevelWish",
    "Member",
    "Persona",
    "PlacementAnswer",
    "PlacementOption",
    "PlacementQuestion",
    "Verb",
    "WelcomeProgress",
    "WelcomeStep",
]
