"""What the app of modules tells people."""

from members.notice_kinds import DIGEST, NoticeKind

GROUP = "Learning"
OF_MODULES = (
    NoticeKind("resource-suggested", "Somebody suggests an outside resource for a module I keep", usual=DIGEST,
               group=GROUP),
    NoticeKind("resource-decided", "An outside resource that I suggested is decided", usual=DIGEST, group=GROUP),
    NoticeKind("resource-dead", "A link of a module I keep does not answer", usual=DIGEST, group=GROUP),
    NoticeKind("article-stale", "An article that I keep is to be reviewed", usual=DIGEST, group=GROUP),
)  # fmt: skip
