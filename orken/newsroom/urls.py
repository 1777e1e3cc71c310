from django.urls import path

from orken.newsroom.views import desk, pictures, piece, public, site, walking

app_name = "newsroom"
urlpatterns = [
    path("news/", public.news_list, name="list"),
    path("news/feed.atom", public.feed, name="feed"),
    path("news/<int:pk>/", public.article, name="article"),
    path("news/<int:pk>/card.png", public.card, name="card"),
    path("news/pictures/<int:pk>/<slug:size>.jpg", public.picture, name="picture"),
    path("site/<slug:slug>/", site.page, name="page"),
    path("site/<slug:slug>/edit/", site.edit, name="page_edit"),
    path("newsroom/", desk.desk, name="desk"),
    path("newsroom/new/", desk.new, name="new"),
    path("newsroom/begin/", desk.begin, name="begin"),
    path("newsroom/<int:pk>/", piece.piece, name="piece"),
    path("newsroom/<int:pk>/compose/<slug:language>/", piece.compose, name="compose"),
    path("newsroom/<int:pk>/facts/", piece.facts, name="facts"),
    path("newsroom/<int:pk>/drop/", piece.drop, name="drop"),
    path("newsroom/<int:pk>/send/", walking.send, name="send"),
    path("newsroom/<int:pk>/take-back/", walking.take_back, name="take_back"),
    path("newsroom/<int:pk>/give-back/", walking.give_back, name="give_back"),
    path("newsroom/<int:pk>/approve/", walking.approve, name="approve"),
    path("newsroom/<int:pk>/archive/", walking.archive, name="archive"),
    path("newsroom/<int:pk>/bring-back/", walking.bring_back, name="bring_back"),
    path("newsroom/<int:pk>/correct/", walking.correct, name="correct"),
    path("newsroom/<int:pk>/pictures/new/", pictures.add, name="picture_add"),
    path("newsroom/<int:pk>/pictures/<int:picture>/", pictures.describe, name="picture_describe"),
    path("newsroom/<int:pk>/pictures/<int:picture>/remove/", pictures.remove, name="picture_remove"),
]
