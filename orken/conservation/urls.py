from django.urls import URLPattern, path

from orken.conservation.views import climate, experts, hub, passports, practice, specimens

app_name = "conservation"

# Papers: passports, climate, treatment.
papers: list[URLPattern] = [
    path("", hub.hub, name="hub"),
    path("passports/", passports.passports, name="passports"),
    path("passports/new/", passports.new, name="passport_new"),
    path("passports/number/<str:number>/", passports.by_number, name="passport_by_number"),
    path("passports/<int:pk>/", passports.passport, name="passport"),
    path("passports/<int:pk>/item/", passports.item, name="passport_item"),
    path("passports/<int:pk>/edit/<slug:name>/", passports.section, name="passport_section"),
    path("passports/<int:pk>/damage/", passports.damage, name="damage_new"),
    path("passports/<int:pk>/damage/<int:number>/", passports.damage, name="damage"),
    path("passports/<int:pk>/damage/<int:number>/drop/", passports.drop_damage, name="damage_drop"),
    path("passports/<int:pk>/picture/", passports.picture, name="passport_picture"),
    path("passports/<int:pk>/overview.svg", passports.overview_svg, name="passport_overview"),
    path("passports/<int:pk>/paper.pdf", passports.sheet, name="passport_paper"),
    path("passports/<int:pk>/drop/", passports.drop, name="passport_drop"),
    path("passports/<int:pk>/<slug:verb>/", passports.decide, name="passport_decide"),
    path("climate/", climate.rooms, name="rooms"),
    path("climate/new/", climate.new, name="room_new"),
    path("climate/practice/", practice.read_climate, name="read_climate"),
    path("climate/<int:pk>/", climate.room, name="room"),
    path("climate/<int:pk>/edit/", climate.edit, name="room_edit"),
    path("climate/<int:pk>/close/", climate.close, name="room_close"),
    path("climate/<int:pk>/open/", climate.reopen, name="room_reopen"),
    path("climate/<int:pk>/readings/", climate.readings, name="readings"),
    path("climate/<int:pk>/readings/<uuid:batch>/back/", climate.take_back, name="take_back"),
    path("treatment/", practice.cases, name="cases"),
    path("treatment/rules/", practice.rules, name="rules"),
    path("treatment/rules/<str:code>/", practice.rule, name="rule"),
    path("treatment/<slug:code>/", practice.case, name="case"),
]

# Pictures: specimens, regions, expert annotation.
pictures: list[URLPattern] = [
    path("specimens/", specimens.specimens, name="specimens"),
    path("specimens/<uuid:pk>/", specimens.specimen, name="specimen"),
    path("specimens/<uuid:pk>/tiles/<str:light>/<int:level>/<int:x>/<int:y>.jpg", specimens.tile, name="tile"),
    path("specimens/<uuid:pk>/<str:light>.jpg", specimens.preview, name="preview"),
    path("specimens/<uuid:pk>/mark/", experts.mark, name="mark"),
    path("cards/", specimens.cards, name="cards"),
    path("cards/<str:code>/<int:severity>.jpg", specimens.card_picture, name="card_picture"),
    path("photographs/", experts.photographs, name="photographs"),
    path("photographs/add/", experts.add_photograph, name="add_photograph"),
    path("photographs/<uuid:pk>/", experts.photograph, name="photograph"),
    path("photographs/<uuid:pk>/ask/", experts.ask_expert, name="ask_expert"),
    path("photographs/<uuid:pk>/<slug:verb>/", experts.decide, name="decide"),
]

urlpatterns = [*papers, *pictures]
