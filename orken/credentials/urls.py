from django.http import HttpResponse
from django.urls import path

app_name = "credentials"
_x = lambda request, **k: HttpResponse("")
urlpatterns = [path("credentials/batches/<uuid:pk>/", _x, name="batch"),path("credentials/<str:number>/", _x, name="certificate"),path("c1", _x, name="register"),path("c2", _x, name="outside"),path("c3", _x, name="mine"),path("c4", _x, name="verify")]
