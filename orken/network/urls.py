from django.urls import path

from orken.network.views import edit, operations, staff, transfer, units

app_name = "network"
urlpatterns = [
    path("network/", units.units, name="units"),
    path("network/import/", transfer.upload, name="import"),
    path("network/import/<uuid:pk>/", transfer.judged, name="judged"),
    path("network/import/<uuid:pk>/apply/", transfer.apply, name="apply"),
    path("network/export/", transfer.export, name="export"),
    path("network/line/", units.line, name="line"),
    path("network/undo/<uuid:batch>/", transfer.undo, name="undo"),
    path("network/semey/", units.semey, name="semey"),
    path("network/unit/<str:code>/", units.unit, name="unit"),
    path("network/unit/<str:code>/names/", edit.names, name="names"),
    path("network/unit/<str:code>/traits/", edit.traits, name="traits"),
    path("network/unit/<str:code>/move/", edit.move, name="move"),
    path("network/unit/<str:code>/close/", edit.close, name="close"),
    path("network/unit/<str:code>/open/<slug:step>/", edit.opening, name="open"),
    path("network/unit/<str:code>/appoint/", staff.find, {"purpose": "appoint"}, name="appoint_whom"),
    path("network/unit/<str:code>/appoint/<int:pk>/", staff.appoint, name="appoint"),
    path("network/unit/<str:code>/role/", staff.find, {"purpose": "role"}, name="role_whom"),
    path("network/unit/<str:code>/role/<int:pk>/", staff.give_role, name="give_role"),
    path("network/appointment/<int:pk>/end/", staff.dismiss, name="dismiss"),
    path("network/role/<int:pk>/end/", staff.end_role, name="end_role"),
    path("network/staff/", staff.staff, name="staff"),
    path("network/person/<int:pk>/", staff.person, name="person"),
    path("region/<str:code>/", units.region, name="region"),
    path("roles/", staff.roles, name="roles"),
    path("trail/", staff.trail, name="trail"),
    path("system/work/", operations.works, name="works"),
    path("system/letters/", operations.letters, name="letters"),
]
