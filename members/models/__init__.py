from members.models.directory import DirectoryEntry, DirectoryIndex, DirectoryStale
from members.models.ledger import Activity, Correction, LedgerImport, Verb
from members.models.levels import Level, LevelAward, LevelRule, LevelWish
from members.models.notices import AttentionBudget, AttentionSpent, Notice, NoticePreference
from members.models.people import Avatar, ConductAcceptance, ConductVersion, Member, MemberLink, Persona
from members.models.privacy import Consent, ErasureRequest
from members.models.recognition import BadgeAward, BadgeRule, Claim, Kudos, Spotlight
from members.models.rules import MemberRules
from members.models.skills import Endorsement, MemberSkill, Skill, Validation
from members.models.suggestions import Suggestion
from members.models.welcome import (
    Buddy,
    Invitation,
    NoInvitations,
    PlacementAnswer,
    PlacementOption,
    PlacementQuestion,
    WelcomeProgress,
    WelcomeStep,
)

__all__ = [
    "Activity",
    "AttentionBudget",
    "AttentionSpent",
    "Avatar",
    "BadgeAward",
    "BadgeRule",
    "Buddy",
    "Claim",
    "ConductAcceptance",
    "ConductVersion",
    "Consent",
    "Correction",
    "DirectoryEntry",
    "DirectoryIndex",
    "DirectoryStale",
    "Endorsement",
    "ErasureRequest",
    "Invitation",
    "Kudos",
    "LedgerImport",
    "Level",
    "LevelAward",
    "LevelRule",
    "LevelWish",
    "Member",
    "MemberLink",
    "MemberRules",
    "MemberSkill",
    "NoInvitations",
    "Notice",
    "NoticePreference",
    "Persona",
    "PlacementAnswer",
    "PlacementOption",
    "PlacementQuestion",
    "Skill",
    "Spotlight",
    "Suggestion",
    "Validation",
    "Verb",
    "WelcomeProgress",
    "WelcomeStep",
]
