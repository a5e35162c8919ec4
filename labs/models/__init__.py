from labs.models.certificates import Certificate, CertificateCriteria, IssuerKey, StatusNumber
from labs.models.contributing import RanIt
from labs.models.feedback import LabFeedback, StepReport
from labs.models.labs import Lab, LabQuerySet, LabStep
from labs.models.paths import Path, PathEnrolment, PathItem, PathRequirement
from labs.models.reviews import HandIn, Review, ReviewClaim, Submission, TeamMate
from labs.models.rules import LabRules
from labs.models.runs import NOTES_LIMIT, LabRun, StepTick

__all__ = [
    "NOTES_LIMIT",
    "Certificate",
    "CertificateCriteria",
    "HandIn",
    "IssuerKey",
    "Lab",
    "LabFeedback",
    "LabQuerySet",
    "LabRules",
    "LabRun",
    "LabStep",
    "Path",
    "PathEnrolment",
    "PathItem",
    "PathRequirement",
    "RanIt",
    "Review",
    "ReviewClaim",
    "StatusNumber",
    "StepReport",
    "StepTick",
    "Submission",
    "TeamMate",
]
