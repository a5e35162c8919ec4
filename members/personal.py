"""What this app, and the libraries that keep accounts, hold about people."""

from members.holdings import DELETE, KEEP, UNLINK, Holding, declare, without_people

without_people(
    "members.Verb", "members.Level", "members.LevelRule", "members.LevelRule_verbs", "members.Persona",
    "members.ConductVersion", "members.BadgeRule", "members.BadgeRule_verbs", "members.WelcomeStep",
    "members.PlacementQuestion", "members.PlacementOption", "members.DirectoryStale", "members.MemberRules",
    "members.NoInvitations",  # a digest that leads to nobody
    "members.DirectoryIndex", "members.DirectoryEntry",  # numbers and words, made anew from what members show
    "auth.Permission", "auth.Group", "auth.Group_permissions", "contenttypes.ContentType", "socialaccount.SocialApp",
    "taggit.Tag", "taggit.TaggedItem", "site.SiteBrand", "site.StarterRecord",
)  # fmt: skip

declare(
    Holding("members.Member", "Your account and profile", {"pk": KEEP}, secret=("password",)),
    Holding("members.MemberLink", "Links on your profile", {"member": DELETE}),
    Holding("members.Avatar", "Your picture", {"member": DELETE}),
    Holding("members.Member_groups", "Groups of rights", {"member": DELETE}),
    Holding("members.Member_user_permissions", "Single rights", {"member": DELETE}),
    Holding("members.ConductAcceptance", "When you accepted the code of conduct", {"member": KEEP},
            stays="the number of a version is no word about a person"),
    Holding("members.Consent", "Your yes or no to uses of your data", {"member": DELETE}),
    Holding("members.ErasureRequest", "When you asked to leave", {"member": KEEP}),
    Holding("members.Activity", "Your acts, and acts that helped you", {"actor": KEEP, "other": KEEP},
            stays="the ledger cannot be changed; it holds titles of things, not words about people"),
    Holding("members.LedgerImport", "Files of acts that you brought in", {"by": UNLINK, "reversed_by": UNLINK},
            mentions=("name", "reversal_reason"), stays="a digest of a file is no word about a person"),
    Holding("members.Correction", "Acts that you took back, and why", {"by": UNLINK}, mentions=("reason",)),
    Holding("members.LevelAward", "Levels you reached, and levels you gave", {"member": KEEP, "given_by": UNLINK},
            mentions=("reason",)),
    Holding("members.LevelWish", "Levels you want", {"member": DELETE}),
    Holding("members.Notice", "Your notices", {"member": DELETE}, mentions=("title", "text", "address", "key")),
    Holding("members.NoticePreference", "How you want notices", {"member": DELETE}),
    Holding("members.AttentionBudget", "Your quiet hours and most mails a week", {"member": DELETE}),
    Holding("members.AttentionSpent", "Mails of the last days that counted", {"member": DELETE}),
    Holding("members.Kudos", "Thanks you got and gave", {"to": DELETE, "by": KEEP},
            mentions=("reason", "object_title"), stays="the thanks belong to the person who got them"),
    Holding("members.BadgeAward", "Your badges", {"member": DELETE}),
    Holding("members.Spotlight", "Months in which you were in the spotlight", {"member": KEEP}),
    Holding("members.Claim", "Work elsewhere that you claimed",
            {"member": KEEP, "witness": UNLINK, "decided_by": UNLINK}, handled=("witness", "decided_by"),
            blank={"text": "", "note": "", "title": "Work elsewhere", "evidence": "https://erased.invalid/"},
            stays="the kind and the day belong to the act in the ledger"),
    Holding("members.Skill", "Skills you proposed", {"proposed_by": UNLINK},
            stays="the name of a skill is no word about a person"),
    Holding("members.MemberSkill", "Your skills", {"member": DELETE}),
    Holding("members.Endorsement", "Endorsements you got and gave", {"member": DELETE, "by": KEEP},
            mentions=("sentence", "shared"), stays="the endorsement belongs to the person who got it"),
    Holding("members.Validation", "Judgements of skills you got and gave", {"member": DELETE, "by": KEEP},
            mentions=("note", "evidence"), stays="the judgement belongs to the person who got it"),
    Holding("members.Suggestion", "Suggestions made to you", {"member": DELETE}),
    Holding("members.WelcomeProgress", "Steps of your Welcome Kit", {"member": DELETE}),
    Holding("members.PlacementAnswer", "Your placement answers", {"member": DELETE}),
    Holding("members.Buddy", "Your buddy, and newcomers you looked after", {"newcomer": DELETE, "buddy": DELETE}),
    Holding("members.Invitation", "Invitations you wrote, and the one that brought you",
            {"by": DELETE, "accepted_by": UNLINK}, {"email": DELETE}, mentions=("sentence",),
            stays="who invites may say where to", secret=("token",)),
)  # fmt: skip

# Libraries that keep accounts, and the site's own outbox and logs.
declare(
    Holding("account.EmailAddress", "Your e-mail addresses", {"user": DELETE}),
    Holding("account.EmailConfirmation", "Links that confirm an address", {"email_address__user": DELETE},
            secret=("key",)),
    Holding("mfa.Authenticator", "Your second steps and passkeys", {"user": DELETE}, secret=("data",)),
    Holding("socialaccount.SocialAccount", "Accounts elsewhere with which you log in", {"user": DELETE}),
    Holding("socialaccount.SocialToken", "Keys of these accounts", {"account__user": DELETE},
            secret=("token", "token_secret")),
    Holding("usersessions.UserSession", "Devices on which you are logged in", {"user": DELETE},
            secret=("session_key",)),
    Holding("admin.LogEntry", "What you did in the admin", {"user": KEEP}, mentions=("object_repr", "change_message"),
            stays="a log of changes to the community's records"),
    Holding("site.Mail", "Mail to you of the last weeks", addresses={"to": DELETE},
            mentions=("subject", "text", "html", "calendar", "error")),
    Holding("site.JobRun", "Errors of background work", mentions=("error",)),
)  # fmt: skip
without_people("sessions.Session")  # holds a number and no word; ended with the devices
