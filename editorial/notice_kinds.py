"""What the editorial workflow tells people."""

from members.notice_kinds import DIGEST, NoticeKind

GROUP = "Texts"
OF_TEXTS = (
    NoticeKind("text-proposed", "A change waits for my decision as a steward", group=GROUP),
    NoticeKind("text-decided", "A change that I proposed is decided", group=GROUP),
    NoticeKind("text-comment", "Somebody remarks on a draft of mine", usual=DIGEST, group=GROUP),
    NoticeKind("text-coauthor", "I am asked to write a draft with somebody", group=GROUP),
    NoticeKind("text-review-due", "A text that I keep is to be reviewed", usual=DIGEST, group=GROUP),
)
