"""What the app of labs tells people."""

from members.notice_kinds import DIGEST, NoticeKind

GROUP = "Learning"
OF_LABS = (
    NoticeKind("review-waits", "Work waits for a review that I may give", usual=DIGEST, group=GROUP),
    NoticeKind("review-given", "My work is reviewed", group=GROUP),
    NoticeKind("team-mate", "Somebody names me as having worked with them", usual=DIGEST, group=GROUP),
    NoticeKind("lab-broken", "A lab of a module I keep needs repair", group=GROUP),
    NoticeKind("step-answered", "A broken step that I reported is answered", usual=DIGEST, group=GROUP),
    NoticeKind("lab-tried", "Somebody tried a lab that I proposed", usual=DIGEST, group=GROUP),
    NoticeKind("path-completed", "I have finished a path", group=GROUP),
    NoticeKind("path-changed", "A path that I follow has something new", usual=DIGEST, group=GROUP),
    NoticeKind("certificate", "I have a certificate, or one of mine changes", group=GROUP),
)
