from modules.models.articles import Article, ArticleQuerySet
from modules.models.catalogue import Module, ModuleQuerySet, Subtopic
from modules.models.checks import Check, CheckAttempt, Question
from modules.models.progress import ItemProgress, ModuleCompletion, SyllabusItem
from modules.models.reading import NOTE_LIMIT, Bookmark, ReadingMode, ReadingNote, ReadingPlace, ReadingPreference
from modules.models.resources import ExternalResource, ResourceCompletion, ResourceNote
from modules.models.rules import ExposureCeiling, LearningRules, OrganisationCeiling
from modules.models.tools import Tool, ToolCategory, ToolReport

__all__ = [
    "NOTE_LIMIT",
    "Article",
    "ArticleQuerySet",
    "Bookmark",
    "Check",
    "CheckAttempt",
    "ExposureCeiling",
    "ExternalResource",
    "ItemProgress",
    "LearningRules",
    "Module",
    "ModuleCompletion",
    "ModuleQuerySet",
    "OrganisationCeiling",
    "Question",
    "ReadingMode",
    "ReadingNote",
    "ReadingPlace",
    "ReadingPreference",
    "ResourceCompletion",
    "ResourceNote",
    "Subtopic",
    "SyllabusItem",
    "Tool",
    "ToolCategory",
    "ToolReport",
]
