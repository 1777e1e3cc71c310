from django.urls import path

from orken.records.views import papers

app_name = "records"
ONE = "papers/<uuid:pk>/"
urlpatterns = [
    path("papers/", papers.papers, name="papers"),
    path(ONE, papers.paper, name="paper"),
    path(f"{ONE}paper.pdf", papers.file, name="file"),
    path(f"{ONE}signed/", papers.signed_file, name="signed_file"),
    path(f"{ONE}register/", papers.register, name="register"),
    path(f"{ONE}sign/", papers.sign, name="sign"),
    path(f"{ONE}spoil/", papers.spoil, name="spoil"),
    path(f"{ONE}drop/", papers.drop, name="drop"),
    path(f"{ONE}hand-over/", papers.hand_over, name="hand_over"),
    path(f"{ONE}hand-over/<int:line>/", papers.strike, name="strike"),
]
