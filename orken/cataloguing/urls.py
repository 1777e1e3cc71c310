from django.urls import path

from orken.cataloguing.views import books, files, held, record, reference

app_name = "cataloguing"
urlpatterns = [
    path("", record.home, name="home"),
    path("record/", record.record, name="record"),
    path("compare/", record.compare, name="compare"),
    path("grade/", record.grade, name="grade"),
    path("books/", books.books, name="books"),
    path("books/<slug:code>/", books.book, name="book"),
    path("books/<slug:code>/experts/<slug:format>/", books.experts, name="experts"),
    path("books/<slug:code>/experts/<slug:format>/publish/", books.publish, name="publish"),
    path("books/<slug:code>/send/", held.send, name="held_send"),
    path("held/", held.marks, name="held"),
    path("held/<int:pk>/", held.mark, name="held_mark"),
    path("held/<int:pk>/withdraw/", held.withdraw, name="held_withdraw"),
    path("rules/", reference.rules, name="rules"),
    path("rules/<str:code>/", reference.rule, name="rule"),
    path("formats/<slug:code>/", reference.formats, name="formats"),
    path("formats/<slug:code>/<str:tag>/", reference.field, name="field"),
    path("kazmarc/", reference.kazmarc, name="kazmarc"),
    path("kazmarc/add/", reference.kazmarc_row, name="kazmarc_add"),
    path("kazmarc/<int:pk>/", reference.kazmarc_row, name="kazmarc_row"),
    path("kazmarc/<int:pk>/remove/", reference.kazmarc_remove, name="kazmarc_remove"),
    path("files/", files.files, name="files"),
    path("files/compare/", files.compare, name="files_compare"),
    path("files/<uuid:pk>/", files.file, name="file"),
    path("files/<uuid:pk>/progress/", files.progress, name="file_progress"),
    path("files/<uuid:pk>/report/", files.report, name="file_report"),
    path("files/<uuid:pk>/record/<int:number>/", files.file_record, name="file_record"),
    path("files/<uuid:pk>/forget/", files.forget, name="file_forget"),
]
