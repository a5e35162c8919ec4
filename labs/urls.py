from django.urls import path

from labs.views import catalogue, contributing, detail, exposure, feedback, notes, reviews, runs, submissions

app_name = "labs"
urlpatterns = [
    path("", catalogue.catalogue, name="list"),
    path("notes.md", notes.all_notes, name="all_notes"),
    path("contribute/", contributing.contribute, name="contribute"),
    path("tries/<int:pk>/", contributing.say_tried, name="tried"),
    path("reviews/", reviews.queue, name="reviews"),
    path("reviews/chain/", reviews.chain, name="chain"),
    path("reviews/<int:number>/", reviews.review, name="review"),
    path("reviews/<int:number>/claim/", reviews.claim, name="claim_review"),
    path("reviews/<int:number>/release/", reviews.release, name="release_review"),
    path("submissions/", submissions.mine, name="submissions"),
    path("submissions/<int:number>/", submissions.detail, name="submission"),
    path("submissions/<int:number>/withdraw/", submissions.withdraw, name="withdraw_submission"),
    path("submissions/<int:number>/peers/", submissions.ask_peers, name="ask_peers"),
    path("submissions/<int:number>/team/", submissions.leave_team, name="leave_team"),
    path("submissions/<int:number>/show/", submissions.show, name="show_submission"),
    path("<slug:slug>/", detail.detail, name="detail"),
    path("<slug:slug>/hand-in/", submissions.hand_in, name="hand_in"),
    path("<slug:slug>/solutions/", submissions.solutions, name="solutions"),
    path("<slug:slug>/open-anyway/", exposure.open_anyway, name="open_anyway"),
    path("<slug:slug>/feedback/", feedback.feedback, name="feedback"),
    path("<slug:slug>/reports/", feedback.reports, name="reports"),
    path("<slug:slug>/steps/<slug:step>/report/", feedback.report, name="report"),
    path("<slug:slug>/start/", runs.start, name="start"),
    path("<slug:slug>/run/", runs.run, name="run"),
    path("<slug:slug>/run/tick/", runs.tick, name="tick"),
    path("<slug:slug>/run/one-step/", runs.one_step, name="one_step"),
    path("<slug:slug>/run/notes/", notes.notes, name="notes"),
    path("<slug:slug>/run/notes.md", notes.notes_file, name="notes_file"),
    path("<slug:slug>/run/finish/", runs.finish, name="finish"),
]
