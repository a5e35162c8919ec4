from communities.models.boundary import Boundary, CommunityInvitation, Criterion, JoinRequest
from communities.models.care import DutyTurn, FirstPost, VolunteerHours
from communities.models.channels import Channel
from communities.models.charter import Charter, Motion, MotionVote
from communities.models.founding import FoundingStep, GroupRules, LaunchStep, Petition, RecruitmentCampaign, Signature
from communities.models.groups import LOOP, Community, Membership

__all__ = [
    "LOOP",
    "Boundary",
    "Channel",
    "Charter",
    "Community",
    "CommunityInvitation",
    "Criterion",
    "DutyTurn",
    "FirstPost",
    "FoundingStep",
    "GroupRules",
    "JoinRequest",
    "LaunchStep",
    "Membership",
    "Motion",
    "MotionVote",
    "Petition",
    "RecruitmentCampaign",
    "Signature",
    "VolunteerHours",
]
