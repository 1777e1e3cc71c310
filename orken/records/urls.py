from django.urls import path

from orken.records.views import own, papers, words

app_name = "records"
ONE = "papers/<uuid:pk>/"
urlpatterns = [
    path("papers/", papers.papers, name="papers"),
    path("my/papers/", own.mine, name="mine"),
    path("papers/words/", words.issuers, name="issuers"),
    path("papers/words/<str:code>/<str:word>/", words.words, name="words"),
    path("papers/words/<str:code>/<str:word>/<int:number>/", words.restore, name="restore"),
    path("papers/register/<int:pk>/", papers.printed_register, name="printed_register"),
    path(ONE, papers.paper, name="paper"),
    path(f"{ONE}paper.pdf", papers.file, name="file"),
    path(f"{ONE}paper.docx", papers.word, name="word"),
    path(f"{ONE}signed/", papers.signed_file, name="signed_file"),
    path(f"{ONE}register/", papers.register, name="register"),
    path(f"{ONE}sign/", papers.sign, name="sign"),
    path(f"{ONE}sign/electronic/", papers.sign_electronically, name="sign_electronically"),
    path(f"{ONE}spoil/", papers.spoil, name="spoil"),
    path(f"{ONE}drop/", papers.drop, name="drop"),
    path(f"{ONE}hand-over/", papers.hand_over, name="hand_over"),
    path(f"{ONE}hand-over/<int:line>/", papers.strike, name="strike"),
]
