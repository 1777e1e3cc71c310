from django.urls import URLPattern, path  # noqa: F401

app_name = "conservation"

# Papers: passports, climate, treatment.
papers: list[URLPattern] = []

# Pictures: specimens, regions, expert annotation.
pictures: list[URLPattern] = []

urlpatterns = [*papers, *pictures]
