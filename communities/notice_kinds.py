"""What communities tell people."""

from members.notice_kinds import DIGEST, NoticeKind

GROUP = "Communities"
OF_COMMUNITIES = (
    NoticeKind("community-request", "Somebody asks to join a community I lead", group=GROUP),
    NoticeKind("community-answered", "My wish to join a community is answered", group=GROUP),
    NoticeKind("community-invitation", "I am invited into a community", group=GROUP),
    NoticeKind("community-task", "My task in a community changes", group=GROUP),
    NoticeKind("community-without-lead", "A community has no lead any more", group=GROUP),
    NoticeKind("community-rest", "My membership in a community rests", usual=DIGEST, group=GROUP),
    NoticeKind("community-hours", "A volunteer gives more hours than agreed", usual=DIGEST, group=GROUP),
    NoticeKind("petition", "Something happens to a petition I started or signed", usual=DIGEST, group=GROUP),
    NoticeKind("motion", "A community of mine decides on a motion", usual=DIGEST, group=GROUP),
    NoticeKind("newcomer-waits", "A newcomer waits for an answer, and I am on duty or lead", group=GROUP),
    NoticeKind("first-answer", "Somebody answers my first post in a community", group=GROUP),
    NoticeKind("duty", "My turn of a duty in a community comes", group=GROUP),
    NoticeKind("lead-question", "I am asked how a quiet community goes on", group=GROUP),
    NoticeKind("community-merged", "A quiet community of mine goes on, moves or closes", usual=DIGEST, group=GROUP),
    NoticeKind("group-watch", "A new or quiet group needs an organizer", group=GROUP),
    NoticeKind("channel-broken", "The address of a channel I look after does not answer", group=GROUP),
)
