"""The access matrix: every address for every role. What lies outside a scope does not exist."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from orken.network.models import Appointment, RoleAssignment, StaffImport, StaffRow, Unit, UnitImport
from orken.network.roles import Role
from orken.people.models import Account, DataRequest
from orken.questions.demo.build import _uid

# No persona of the demo holds these roles: the test gives them to somebody who holds none.
NOT_IN_DEMO = (Role.DISTRICT_METHODOLOGIST, Role.ANALYST, Role.COORDINATOR, Role.VIEWER)
ROLES: tuple[str, ...] = (
    "",
    "village",
    "student",
    "mentor",
    "trainer",
    "curator",
    "head",
    "registrar",
    "director",
    "administrator",
    "pavlodar",
    "national",
    *NOT_IN_DEMO,
)
PAVLODAR, AKMOLA = "KZ-55-LIB", "KZ-11-LIB"
DISTRICT = "KZ-55-D02"

DISTRICT_OWN = {Role.DISTRICT_METHODOLOGIST.value}
LOOKERS = {Role.ANALYST.value, Role.COORDINATOR.value, Role.VIEWER.value}  # figures and libraries, no person
UNIT_VIEW = (
    DISTRICT_OWN
    | LOOKERS
    | {"head", "registrar", "director", "administrator", "pavlodar", "national", "trainer", "curator"}
)
EVERYBODY = set(ROLES)
SIGNED_IN = EVERYBODY - {""}
EDITORS = {"pavlodar", "national"}
UNIT_EDITORS = EDITORS | DISTRICT_OWN
APPOINTERS = DISTRICT_OWN | {"head", "pavlodar", "national"}
TEXT_WRITERS = {"national", "administrator"}
FILE_CHECKERS = DISTRICT_OWN | {"curator", "head", "mentor", "trainer", "administrator", "pavlodar", "national"}
CONDITION_EDIT = DISTRICT_OWN | {"head", "pavlodar", "national", "trainer", "curator"}
CONDITION_VIEW = CONDITION_EDIT | {"director"}
SENDERS = DISTRICT_OWN | {"head", "pavlodar", "national"}
WRITERS = {"curator", "pavlodar", "national"}
CERTIFICATE_READERS = DISTRICT_OWN | {"curator", "head", "registrar", "director", "pavlodar", "national"}
COVERAGE_PEOPLE = DISTRICT_OWN | {"head", "registrar", "director", "pavlodar", "national"}
COVERAGE_FIGURES = COVERAGE_PEOPLE | {"analyst", "viewer", "administrator"}
NEWS_WRITERS = DISTRICT_OWN | WRITERS
NEWS_DESK = NEWS_WRITERS | {"director"}
PAPER_READERS = DISTRICT_OWN | WRITERS | {"head", "registrar", "director"}
ROLE_GIVERS = {"pavlodar", "national", "administrator"}

A_QUESTION, A_PICTURE = _uid("safe:1"), _uid("picture:title-page")

# Address name: (arguments, who gets the page). Names with «@» are the same address about another region.
MATRIX: dict[str, tuple[tuple[object, ...], set[str]]] = {
    "portal:home": ((), EVERYBODY),
    "portal:search": ((), EVERYBODY),
    "credentials:verify": ((), EVERYBODY),
    "credentials:verify_number": (("NL-CAT-2026-000123-3",), EVERYBODY),
    "credentials:verify_table": ((), EVERYBODY),
    "credentials:register": ((), CERTIFICATE_READERS),
    "credentials:rules": ((), CERTIFICATE_READERS),
    "credentials:state_rule": ((), {"registrar", "national"}),
    "credentials:prefixes": ((), {"registrar", "pavlodar", "national"}),
    "credentials:mine": ((), SIGNED_IN),
    "credentials:my_paper": ((), SIGNED_IN),
    "credentials:send": ((), SIGNED_IN),
    "credentials:outside": ((), EDITORS),
    "credentials:claim": ((), SIGNED_IN),
    "credentials:past_records": ((), CERTIFICATE_READERS),
    "credentials:past_lists": ((), {"registrar", "pavlodar", "national"}),
    "training:certificates": (("PVL-2027-02",), {"registrar", "director", "pavlodar", "national"}),
    "training:certificates@": (("NL-2026-42",), {"registrar", "director", "national", "trainer"}),
    "portal:demo": ((), EVERYBODY),
    "portal:school": (("NL-VIRTUAL",), EVERYBODY),
    "portal:desk": ((), SIGNED_IN),
    "network:region": (("KZ-55",), EVERYBODY),
    "network:roles": ((), SIGNED_IN),
    "network:units": ((), UNIT_VIEW),
    "network:export": ((), UNIT_VIEW),
    "network:unit": ((DISTRICT,), UNIT_VIEW - {"trainer", "curator"}),
    "network:unit@": ((AKMOLA,), LOOKERS | {"registrar", "director", "administrator", "national"}),
    "network:names": ((DISTRICT,), UNIT_EDITORS),
    "network:names@": ((AKMOLA,), {"national"}),
    "network:traits": ((DISTRICT,), UNIT_EDITORS),
    "network:traits@": ((AKMOLA,), {"national"}),
    "network:move": ((DISTRICT,), EDITORS),
    "network:move@": ((AKMOLA,), {"national"}),
    "network:close": ((DISTRICT,), UNIT_EDITORS),
    "network:close@": ((AKMOLA,), {"national"}),
    "network:open": ((DISTRICT, "kind"), UNIT_EDITORS),
    "network:open@": ((AKMOLA, "kind"), {"national"}),
    "network:import": ((), EDITORS),
    "network:staff": ((), DISTRICT_OWN | {"curator", "head", "registrar", "director", "pavlodar", "national"}),
    "network:appoint_whom": ((DISTRICT,), APPOINTERS),
    "network:appoint_whom@": ((AKMOLA,), {"national"}),
    "network:add_person": ((DISTRICT, "names"), APPOINTERS),
    "network:add_person@": ((AKMOLA, "names"), {"national"}),
    "network:role_whom": ((DISTRICT,), ROLE_GIVERS),
    "network:role_whom@": ((AKMOLA,), {"national", "administrator"}),
    "notices:inbox": ((), SIGNED_IN),
    "notices:preferences": ((), SIGNED_IN),
    "notices:sent": ((), APPOINTERS),
    "notices:texts": ((), TEXT_WRITERS),
    "notices:text": (("role.given",), TEXT_WRITERS),
    "network:accounts": ((), APPOINTERS),
    "network:own_account": ((), SIGNED_IN),
    "network:own_begin": ((), EVERYBODY),
    "network:own_passkey": ((), SIGNED_IN),
    "network:own_second_step": ((), SIGNED_IN),
    "network:own_language": ((), SIGNED_IN),
    "network:own_email": ((), SIGNED_IN),
    "network:staff_import": ((), APPOINTERS),
    "network:staff_export": ((), DISTRICT_OWN | {"curator", "head", "registrar", "director", "pavlodar", "national"}),
    "network:twins": ((), UNIT_EDITORS),
    "network:data_requests": ((), EDITORS),
    "network:transfers": ((), APPOINTERS),
    "network:held": ((), SIGNED_IN),
    "network:held_file": ((), SIGNED_IN),
    "network:ask": ((), SIGNED_IN),
    "network:trail": ((), {"registrar", "director", "administrator", "pavlodar", "national"}),
    "network:works": ((), {"administrator"}),
    "network:letters": ((), {"administrator"}),
    "surveys:begin": ((), EVERYBODY),
    "surveys:thanks": (("done",), EVERYBODY),
    "surveys:mine": ((), SIGNED_IN),
    "surveys:list": ((), {"curator", "pavlodar", "national", "director", "analyst"}),
    "surveys:new": ((), WRITERS),
    "surveys:open": ((), WRITERS),
    "surveys:questionnaire": (("NL-REACTION",), {"national"}),
    "surveys:preview": (("NL-REACTION",), {"national"}),
    "competencies:framework": ((), EVERYBODY),
    "competencies:edition": ((1,), EVERYBODY),
    "competencies:mine": ((), SIGNED_IN),
    "competencies:assess": (("A",), SIGNED_IN),
    "competencies:return": ((1,), {"national"}),
    "curriculum:catalogue": ((), EVERYBODY),
    "curriculum:offer": (("CAT-72",), EVERYBODY),
    "curriculum:programmes": ((), WRITERS),
    "curriculum:new": ((), WRITERS),
    "curriculum:norm": ((), {"national"}),
    "questions:banks": ((), WRITERS),
    "questions:bank_new": ((), WRITERS),
    "questions:exercise_new": ((), WRITERS),
    **{
        f"questions:{name}": (("NL-BANK", *more), {"national"})
        for name, more in {"bank": (), "question_new": (), "import": (), "export": ("gift",)}.items()
    },
    **{
        f"questions:{name}": ((A_QUESTION, *more), {"national"})
        for name, more in {
            "question": (),
            "try": (),
            "place": (),
            "withdraw": (),
            "compare": (),
            "copy": (),
            "return": (1,),
        }.items()
    },
    **{
        f"questions:{name}": (("SAFE-TEST", *more), {"national"})
        for name, more in {
            "exercise": (),
            "exercise_withdraw": (),
            "exercise_compare": (),
            "exercise_return": (1,),
        }.items()
    },
    "questions:picture": ((A_PICTURE,), SIGNED_IN),
    "attempts:mine": ((), SIGNED_IN),
    "attempts:marking": ((), SIGNED_IN),
    "assignments:mine": ((), SIGNED_IN),
    "assignments:marking": ((), SIGNED_IN),
    "assignments:flags": ((), SIGNED_IN),
    **{f"assignments:{name}": ((), WRITERS) for name in ("written", "new")},
    **{f"assignments:{name}": (("SAFE-PLAN",), {"national"}) for name in ("one", "preview", "withdraw")},
    **{f"attempts:{name}": (("SAFE-TEST",), {"national"}) for name in ("results", "export", "regrade")},
    **{
        f"curriculum:{name}": (arguments, {"curator", "national"})
        for name, arguments in {
            "programme": ("CAT-72",),
            "compare": ("CAT-72",),
            "withdraw": ("CAT-72",),
            "version": ("CAT-72", 1),
            "return": ("CAT-72", 1),
        }.items()
    },
    **{
        f"curriculum:{name}@": (arguments, {"pavlodar", "national"})
        for name, arguments in {
            "programme": ("PVL-01",),
            "compare": ("PVL-01",),
            "withdraw": ("PVL-01",),
            "version": ("PVL-01", 1),
            "return": ("PVL-01", 1),
        }.items()
    },
    **{
        f"curriculum:{name}": (("VL-12", *more), {"national"})
        for name, more in {
            "drop": (),
            "part": ("titles",),
            "module_new": (),
            "outcome_new": (),
            "publish": (),
        }.items()
    },
    "courseware:courses": ((), WRITERS),
    "courseware:new": ((), WRITERS),
    **{
        f"courseware:{name}": (("SRDGOB", *more), {"national"})
        for name, more in {
            "course": (),
            "part": ("titles",),
            "module_new": (),
            "ask": (),
            "review": (),
            "compare": (),
            "withdraw": (),
            "version": (1,),
            "print": (1,),
        }.items()
    },
    "study:mine": ((), SIGNED_IN),
    # The village librarian learns in this run, whatever role she is given beside.
    **{
        f"study:{name}": (("NL-2026-45",), {"village", "national", *NOT_IN_DEMO})
        for name in ("course", "glossary", "notes", "search")
    },
    **{f"study:{name}": (("NL-2026-45",), {"national"}) for name in ("group", "open")},
    "jobs:mine": ((), SIGNED_IN),
    "calendar_feed": ((), EVERYBODY),
    "training:calendar": ((), EVERYBODY),
    "training:month": ((2026, 12), EVERYBODY),
    "training:run": (("NL-2026-42",), EVERYBODY),
    "training:run_feed": (("NL-2026-42",), EVERYBODY),
    "training:mine": ((), SIGNED_IN),
    "training:applications": ((), SIGNED_IN),
    "training:choose_people": (("NL-2026-42",), SENDERS),
    "training:send_people": (("NL-2026-42",), SENDERS),
    "training:runs": ((), {"curator", "trainer", "mentor", "registrar", "director", "pavlodar", "national"}),
    "training:opening": (("KZ-55-LIB", "what"), EDITORS),
    "training:opening@": (("NL", "what"), {"national"}),
    "training:desk": (("PVL-2027-02",), {"registrar", "director", "pavlodar", "national"}),
    "training:desk@": (("NL-2026-42",), {"registrar", "director", "national", "trainer"}),
    **{
        f"training:{page}{where}": ((code, *more), roles)
        for page, more in (
            ("change", ()),
            ("applicants", ()),
            ("timetable", ()),
            ("session_add", ()),
            ("room", ()),
            ("trainers", ()),
            ("route", ()),
            ("costs", ()),
            ("lead", ("cancel",)),
        )
        for where, code, roles in (("", "PVL-2027-02", EDITORS), ("@", "NL-2027-05", {"national"}))
    },
    "meetings:programme": (("PVL-2021-11",), EVERYBODY),
    "meetings:programme_file": (("PVL-2021-11",), EVERYBODY),
    "meetings:discussion": (("PVL-2021-11",), SIGNED_IN),
    "meetings:propose": (("PVL-MEETING",), SIGNED_IN),
    "meetings:mine": ((), SIGNED_IN),
    "meetings:talks": (("PVL-MEETING",), EDITORS),
    "meetings:talks@": (("NL-2027-05",), {"national"}),
    "meetings:speaking": (("PVL-MEETING",), {"registrar", "director", "pavlodar", "national"}),
    "meetings:speaking@": (("NL-2027-05",), {"registrar", "director", "national"}),
    **{
        f"meetings:{page}{where}": ((code,), roles)
        for page in (
            "desk",
            "about",
            "section_add",
            "slot_add",
            "cards",
            "talk_new",
            "speakers",
            "speaker_new",
            "institutions",
            "outsider",
            "guest_add",
        )
        for where, code, roles in (("", "PVL-MEETING", EDITORS), ("@", "NL-2027-05", {"national"}))
    },
    "live_room:rooms": (("PVL-MEETING",), EDITORS),
    "live_room:rooms@": (("NL-2027-05",), {"national"}),
    "proceedings:proceedings": (("PVL-2021-11",), EVERYBODY),
    "proceedings:desk": (("PVL-2021-11",), EDITORS),
    "proceedings:desk@": (("NL-2027-05",), {"national"}),
    "proceedings:add": (("PVL-2021-11",), EDITORS),
    "proceedings:add@": (("NL-2027-05",), {"national"}),
    "discussion:mine": ((), SIGNED_IN),
    "training:kept": ((), SIGNED_IN),
    "training:attendance": (("PVL-2026-30",), {"registrar", "director", "pavlodar", "national"}),
    "training:attendance@": (("NL-2026-38",), {"registrar", "director", "national", "trainer"}),
    "training:samples": (("PVL-2026-24",), EDITORS | {"trainer"}),
    "training:samples@": (("NL-2026-42",), {"national", "trainer"}),
    "training:samples_waiting": ((), SIGNED_IN),
    "training:did_not_come": (("PVL-2026-30",), EDITORS),
    "training:did_not_come@": (("NL-2026-38",), {"national", "trainer"}),
    "training:papers": (("PVL-2026-30",), EDITORS),
    "training:papers@": (("NL-2026-38",), {"national", "trainer"}),
    "training:run_papers": (("PVL-2026-30",), {"registrar", "director", "pavlodar", "national"}),
    "training:run_papers@": (("NL-2026-38",), {"registrar", "director", "national"}),
    "training:new_paper": (("PVL-2026-30", "order.enrol"), {"registrar", "pavlodar", "national"}),
    "training:new_paper@": (("NL-2026-38", "order.enrol"), {"registrar", "national"}),
    "records:papers": ((), PAPER_READERS),
    "records:mine": ((), SIGNED_IN),
    "records:issuers": ((), {"registrar", "pavlodar", "national"}),
    "records:words": (("KZ-55-LIB", "letterhead"), {"registrar", "pavlodar", "national"}),
    "records:words@": (("NL", "order.enrol"), {"registrar", "national"}),
    "offline:own": ((), SIGNED_IN),
    "offline:away": ((), EVERYBODY),
    "offline:hello": ((), EVERYBODY),
    "worker": ((), EVERYBODY),
    "training:co_hosts": (("NL-2027-05",), {"national"}),
    "training:results": (("PVL-2027-02",), {"registrar", "director", "pavlodar", "national"}),
    "training:results@": (("NL-2026-42",), {"registrar", "director", "national", "trainer"}),
    "training:marks": (("PVL-2027-02",), EDITORS),
    "training:marks@": (("NL-2026-42",), {"national", "trainer"}),
    "training:marks_table": (("PVL-2027-02",), EDITORS),
    "training:marks_table@": (("NL-2026-42",), {"national", "trainer"}),
    "training:marks_template": (("NL-2026-42",), {"national", "trainer"}),
    "training:result_confirm": (("PVL-2027-02",), EDITORS),
    "training:result_confirm@": (("NL-2026-42",), {"national"}),
    "training:result_rule": (("NL-2026-42",), {"national"}),
    "training:my_results": ((), SIGNED_IN),
    "training:seats": (("NL-2026-42",), EDITORS),
    "training:seats@": (("NL-2027-05",), {"national"}),
    "cataloguing:home": ((), SIGNED_IN),
    "cataloguing:record": ((), SIGNED_IN),
    "cataloguing:compare": ((), SIGNED_IN),
    "cataloguing:grade": ((), SIGNED_IN),
    "cataloguing:books": ((), SIGNED_IN),
    "cataloguing:book": (("kk-novel",), SIGNED_IN),
    "cataloguing:experts": (("kk-novel", "rusmarc"), {"curator", "administrator", "national"}),
    "cataloguing:rules": ((), SIGNED_IN),
    "cataloguing:rule": (("charset.lookalike",), SIGNED_IN),
    "cataloguing:formats": (("rusmarc",), SIGNED_IN),
    "cataloguing:field": (("rusmarc", "200"), SIGNED_IN),
    "cataloguing:kazmarc": ((), SIGNED_IN),
    "cataloguing:kazmarc_add": ((), {"national"}),
    "cataloguing:held": ((), SIGNED_IN),
    "cataloguing:files": ((), FILE_CHECKERS),
    "cataloguing:files_compare": ((), FILE_CHECKERS),
    "conservation:hub": ((), SIGNED_IN),
    "conservation:passports": ((), CONDITION_VIEW),
    "conservation:passport_new": ((), CONDITION_EDIT),
    "conservation:rooms": ((), CONDITION_VIEW),
    "conservation:room_new": ((), CONDITION_EDIT),
    "conservation:read_climate": ((), SIGNED_IN),
    "conservation:cases": ((), SIGNED_IN),
    "conservation:rules": ((), SIGNED_IN),
    "conservation:rule": (("R-001",), SIGNED_IN),
    "conservation:case": (("flood",), SIGNED_IN),
    "conservation:specimens": ((), SIGNED_IN),
    "conservation:cards": ((), SIGNED_IN),
    "conservation:photographs": ((), {"curator", "national"}),
    "conservation:add_photograph": ((), {"curator", "national"}),
    "insights:coverage": (("KZ-55",), EVERYBODY),
    "insights:coverage@": ((DISTRICT,), COVERAGE_FIGURES),
    "insights:coverage@@": ((AKMOLA,), {"registrar", "director", "national", "analyst", "viewer", "administrator"}),
    "insights:rows": ((DISTRICT, "people"), COVERAGE_PEOPLE),
    "insights:rows@": ((AKMOLA, "certificates"), {"registrar", "director", "national"}),
    "newsroom:list": ((), EVERYBODY),
    "newsroom:feed": ((), EVERYBODY),
    "news_feed": ((), EVERYBODY),
    "newsroom:page": (("contacts",), EVERYBODY),
    "newsroom:page_edit": (("contacts",), {"director", "national"}),
    "newsroom:desk": ((), NEWS_DESK),
    "newsroom:new": ((), NEWS_WRITERS),
    "ui:kit": ((), EVERYBODY),
    "health": ((), EVERYBODY),
}
# Told by tests of their own: they only answer POST, lead on, or need rows of the moment.
ELSEWHERE = {
    # tests/questions/test_pages.py: they need a draft or a file that was sent
    "questions:edit", "questions:question_picture", "questions:start", "questions:publish", "questions:drop", "questions:drop_many", "questions:imported",
    "questions:exercise_rules", "questions:slot_add", "questions:slot_move", "questions:slot_remove", "questions:exercise_start",
    "questions:exercise_publish", "questions:exercise_drop",
    # tests/assignments: they need a draft, a work or two that are alike
    "assignments:start", "assignments:work", "assignments:compare", "assignments:save", "assignments:hand_in", "assignments:part", "assignments:review", "assignments:mark",
    "assignments:agree", "assignments:flag", "assignments:rules", "assignments:criterion", "assignments:criterion_new", "assignments:criterion_move",
    "assignments:draft", "assignments:publish", "assignments:drop",
    # tests/attempts/test_pages.py: they need a sitting
    "attempts:start", "attempts:attempt", "attempts:save", "attempts:finish", "attempts:review", "attempts:item", "attempts:choose", "attempts:mark",
    "attempts:file", "attempts:allow", "attempts:sat",
    # tests/conservation/test_lab.py and test_experts.py: they need a specimen that is ready
    "conservation:specimen", "conservation:tile", "conservation:preview", "conservation:mark", "conservation:card_picture",
    "conservation:photograph", "conservation:ask_expert", "conservation:decide",
    # tests/conservation/test_passports.py and test_rooms.py: they need a passport or a room
    "conservation:passport", "conservation:passport_by_number", "conservation:passport_item", "conservation:passport_section",
    "conservation:damage_new", "conservation:damage", "conservation:damage_drop", "conservation:passport_picture",
    "conservation:passport_overview", "conservation:passport_paper", "conservation:passport_decide", "conservation:room",
    "conservation:room_edit", "conservation:readings", "conservation:take_back", "conservation:passport_drop",
    "conservation:room_close", "conservation:room_reopen",
    # tests/newsroom/test_pages.py: they need a piece of news
    "newsroom:article", "newsroom:card", "newsroom:picture", "newsroom:begin", "newsroom:piece", "newsroom:compose", "newsroom:facts",
    "newsroom:drop", "newsroom:send", "newsroom:take_back", "newsroom:give_back", "newsroom:approve", "newsroom:archive",
    "newsroom:bring_back", "newsroom:correct", "newsroom:picture_add", "newsroom:picture_describe", "newsroom:picture_remove",
    "insights:home",  # tests/insights/test_pages.py: leads on
    # tests/credentials/test_pages.py: they need a certificate, a batch, a key or training that was sent
    "credentials:batch", "credentials:batch_issue", "credentials:batch_prepare", "credentials:batch_papers", "credentials:batch_strike",
    "credentials:certificate", "credentials:paper", "credentials:badge", "credentials:act", "credentials:verify_badge", "credentials:withdraw",
    "credentials:outside_one", "credentials:end_rule", "did_document", "status_list",
    # tests/credentials/test_past_pages.py: they need a register that was sent, or a past record
    "credentials:past_record", "credentials:withdraw_claim", "credentials:past_list", "credentials:past_columns", "credentials:past_row",
    "credentials:past_apply", "credentials:past_back", "credentials:hand_copy", "credentials:batch_list", "credentials:printed_register",
    "cataloguing:publish", "cataloguing:kazmarc_row", "cataloguing:kazmarc_remove",  # tests/cataloguing/test_pages.py
    "cataloguing:held_send", "cataloguing:held_mark", "cataloguing:held_withdraw",  # tests/cataloguing/test_held_marks.py
    "cataloguing:file", "cataloguing:file_progress", "cataloguing:file_report", "cataloguing:file_record",
    "cataloguing:file_forget",  # tests/cataloguing/test_files.py
    # tests/records/test_pages.py, tests/training/papers: they need a paper or an applicant
    "records:paper", "records:file", "records:signed_file", "records:register", "records:sign", "records:spoil",
    "records:drop", "records:word", "records:sign_electronically", "records:restore", "records:printed_register", "records:hand_over", "records:strike", "training:edit_paper", "training:refer", "training:edit_referral",
    # tests/surveys: they need a draft, a survey or an invitation
    "surveys:sheet", "surveys:own", "surveys:survey", "surveys:slips", "surveys:kiosk", "surveys:close", "surveys:remind",
    "surveys:export", "surveys:start", "surveys:titles", "surveys:question_new", "surveys:question", "surveys:question_move",
    "surveys:question_remove", "surveys:restore", "surveys:publish", "surveys:drop",
    "network:transfer", "network:transfer_withdraw", "network:line", "network:undo", "network:semey", "network:judged", "network:apply", "network:person", "network:appoint",
    "competencies:anchor", "competencies:competency", "competencies:domain", "competencies:draft", "competencies:drop",
    "competencies:judge", "competencies:level", "competencies:person", "competencies:start", "competencies:strike",
    "competencies:target", "competencies:target_of_unit", "curriculum:module", "curriculum:module_move",
    "curriculum:module_remove", "curriculum:outcome", "curriculum:outcome_move", "curriculum:outcome_remove",
    "curriculum:restore", "curriculum:start", "curriculum:take", "files:download", "jobs:cancel", "jobs:work", "network:compare",
    "network:consent", "network:consent_on_paper", "network:consent_paper", "network:unblock", "network:data_request", "network:dismiss", "network:end_role", "network:give_role", "network:invite",
    "network:own_end_session", "network:own_first_password", "network:person_facts", "network:person_move",
    "network:person_names", "network:person_number", "network:person_number_shown", "network:slips", "network:staff_apply",
    "network:staff_back", "network:staff_columns", "network:staff_list", "network:staff_row", "network:unmerge",
    "notices:letter", "notices:message", "notices:paper", "notices:restore", "portal:tour_end", "portal:tour_step",
    # tests/meetings/test_pages.py: they need a talk, a speaker, a place, an institution or a link
    "meetings:talk", "meetings:talk_file", "meetings:speaker_link", "meetings:speaker_certificate", "meetings:claim", "meetings:guest_link", "meetings:answer", "meetings:my_talk",
    "meetings:withdraw", "meetings:drop_file", "meetings:invitation", "meetings:section", "meetings:section_drop", "meetings:slot", "meetings:slot_drop",
    "meetings:release", "meetings:talk_desk", "meetings:talk_change", "meetings:talk_decide", "meetings:show_file", "meetings:speaker", "meetings:speaker_verb",
    "meetings:invite", "meetings:institution", "meetings:stay_away", "meetings:institution_verb", "meetings:guest", "meetings:guest_drop", "meetings:guest_reopen", "meetings:guest_forget",
    # tests/live_room/test_pages.py: they need a session and its room
    "live_room:door", "live_room:room", "live_room:desk", "live_room:captions", "live_room:check", "live_room:speed", "live_room:mine",
    "live_room:transcript", "live_room:transcript_file", "live_room:do", "live_room:set_up", "live_room:poll_new", "live_room:poll",
    "live_room:guest_check", "live_room:guest_speed", "live_room:speaker_check", "live_room:speaker_speed", "live_room:guest_room", "live_room:guest_do", "live_room:speaker_room", "live_room:speaker_do",  # tests/live_room/test_guests.py
    "live_room:presence", "live_room:presence_file", "live_room:feed", "live_room:by_hand", "live_room:decide",
    # tests/proceedings: they need a recording or a volume
    "proceedings:volume", "proceedings:recording", "proceedings:played", "proceedings:captions", "proceedings:watch", "proceedings:summary", "proceedings:held", "proceedings:publish",
    "proceedings:edit", "proceedings:caption", "proceedings:uncaption", "proceedings:room_captions", "proceedings:chapters", "proceedings:lead",
    # tests/courseware/test_pages.py: they need a draft, a lesson, a block or a picture
    "courseware:start", "courseware:drop", "courseware:module", "courseware:lesson_new", "courseware:copy", "courseware:lesson", "courseware:lesson_name", "courseware:order",
    "courseware:block_new", "courseware:block", "courseware:module_move", "courseware:lesson_move", "courseware:block_move", "courseware:module_remove",
    "courseware:lesson_remove", "courseware:block_remove", "courseware:restore", "courseware:preview", "courseware:return", "courseware:take", "courseware:asset",
    "course_captions", "course_picture", "course_played",
    # tests/study/test_learning.py: they need a lesson
    "study:lesson", "study:read", "study:note", "study:ask",
    # tests/discussion/test_pages.py: they need a thread or a post
    "discussion:thread", "discussion:follow", "discussion:close", "discussion:change", "discussion:withdraw", "discussion:hide", "discussion:show", "discussion:report",
    # tests/training/attendance: they need a session, a mark or a device
    "training:sheet", "training:walk_in", "training:rest_back", "training:at_the_door", "training:come_in", "training:mark_history", "training:settle", "training:mark_beside", "training:line_looked_at",
    "training:join", "training:part", "training:came_after_all",
    # tests/training/test_samples.py: they need somebody who was asked
    "training:sample", "training:sample_send", "training:sample_look", "training:sample_back", "training:sample_file",
    "training:result_sheet", "training:result_sheet_file",  # tests/training/test_results_pages.py: they need a sheet
    "training:paper", "training:paper_file", "training:photograph", "offline:send", "offline:revoke", "offline:carried",
    "training:answer", "training:applicant", "training:apply", "training:decide", "training:note", "training:pass_on", "training:replace",
    "training:session", "training:session_cancel", "training:session_move", "training:verb", "training:withdraw",
}  # fmt: skip


ALLAUTH = ("account_", "mfa_", "usersessions_")


def names(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> set[str]:
    """Every named address of ours; allauth's own are tested by allauth."""
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            found |= names(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name and not pattern.name.startswith(ALLAUTH):
            found.add(":".join((*spaces, pattern.name)))
    return found


def test_every_address_stands_in_the_matrix() -> None:
    known = {name.rstrip("@") for name in MATRIX} | ELSEWHERE
    assert names(get_resolver()) == known


@pytest.fixture
def visit(
    browse: Callable[[str], Client], country: Callable[[str], Unit], account: Callable[[str], Account]
) -> Callable[[str], Client]:
    """`visit(role)` is a browser of the persona, or of somebody who was given just this role."""

    def opened(role: str) -> Client:
        if role not in NOT_IN_DEMO:
            return browse(role)
        where = country(DISTRICT if role == Role.DISTRICT_METHODOLOGIST else "KZ")
        RoleAssignment.objects.create(
            person=account("village").person, role=role, unit=where, valid_from=timezone.localdate()
        )
        return browse("village")

    return opened


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_its_pages_and_nothing_else(role: str, visit: Callable[[str], Client]) -> None:
    client = visit(role)
    wrong = []
    for name, (arguments, allowed) in MATRIX.items():
        status = client.get(reverse(name.rstrip("@"), args=arguments)).status_code
        if role in allowed:
            good = status in (200, 302) if name == "network:open" else status == 200
        elif role == "":
            good = status == 302  # to the sign-in page
        else:
            good = status == 404
        if not good:
            wrong.append((name, status))
    assert not wrong, f"{role or 'nobody'}: {wrong}"


def _people_rows(
    country: Callable[[str], Unit], ours: Appointment, theirs: Appointment
) -> dict[str, tuple[object, ...]]:
    found: dict[str, tuple[object, ...]] = {}
    for mark, row, code in (("", ours, DISTRICT), ("@", theirs, AKMOLA)):
        part = {"sheet": 0, "name": "", "headings": ["Аты-жөні"], "columns": ["name"], "language": "kk"}
        staff_list = StaffImport.objects.create(
            unit=country(code), file_name="l", sha256="", on=timezone.localdate(), layout=[part]
        )
        line = StaffRow.objects.create(table=staff_list, number=1, state="same")
        other = Appointment.objects.at().filter(unit__path__within=row.unit.path).exclude(person=row.person).first()
        assert other is not None
        asked = DataRequest.objects.create(person=row.person, kind="correction")
        found[f"network:consent_on_paper{mark}"] = found[f"network:consent_paper{mark}"] = (row.person_id,)
        for name in ("names", "facts", "number"):
            found[f"network:person_{name}{mark}"] = (row.person_id,)
        found[f"network:person_move{mark}"] = (row.pk,)
        found[f"network:compare{mark}"] = (row.person_id, other.person_id)
        found[f"network:staff_list{mark}"] = found[f"network:staff_columns{mark}"] = (staff_list.pk,)
        found[f"network:staff_row{mark}"] = (staff_list.pk, line.pk)
        found[f"network:data_request{mark}"] = (asked.pk,)
    return found


def _rows(country: Callable[[str], Unit], national: Account) -> dict[str, tuple[object, ...]]:
    ours = Appointment.objects.at().filter(unit__code=DISTRICT).exclude(person__account__login="head").first()
    assert ours is not None
    theirs = Appointment.objects.at().filter(unit__code=AKMOLA).first()
    assert theirs is not None
    role = RoleAssignment.objects.create(
        person=ours.person, role="viewer", unit=country(DISTRICT), valid_from=timezone.localdate()
    )
    return {
        "network:person": (ours.person_id,), "network:person@": (theirs.person_id,),
        "network:dismiss": (ours.pk,), "network:dismiss@": (theirs.pk,),
        "network:appoint": (DISTRICT, theirs.person_id), "network:appoint@": (AKMOLA, ours.person_id),
        "network:give_role": (DISTRICT, ours.person_id), "network:give_role@": (AKMOLA, ours.person_id),
        "network:end_role": (role.pk,),
        "network:invite": (ours.person_id,), "network:invite@": (theirs.person_id,),
        "network:judged": (UnitImport.objects.create(by=national, file_name="a.xlsx", rows=[], on=timezone.localdate()).pk,),
        **_people_rows(country, ours, theirs),
    }  # fmt: skip


STAFF_READERS = DISTRICT_OWN | {"head", "registrar", "director", "pavlodar", "national"}
OF_ROWS = {
    "network:person": STAFF_READERS, "network:person@": {"registrar", "director", "national"},
    "network:dismiss": APPOINTERS, "network:dismiss@": {"national"},
    "network:appoint": APPOINTERS, "network:appoint@": {"national"},
    "network:give_role": ROLE_GIVERS, "network:give_role@": {"national", "administrator"},
    "network:end_role": ROLE_GIVERS,
    "network:invite": APPOINTERS, "network:invite@": {"national"},
    "network:judged": {"national"},
    **{f"network:{name}": APPOINTERS for name in ("person_names", "person_facts", "person_number", "person_move", "staff_list", "staff_columns", "staff_row", "consent_on_paper", "consent_paper")},
    **{f"network:{name}@": {"national"} for name in ("person_names", "person_facts", "person_number", "person_move", "staff_list", "staff_columns", "staff_row", "compare", "data_request", "consent_on_paper", "consent_paper")},
    "network:compare": UNIT_EDITORS, "network:data_request": EDITORS,
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_rows_of_another_scope_do_not_exist(
    role: str, visit: Callable[[str], Client], country: Callable[[str], Unit], account: Callable[[str], Account]
) -> None:
    rows = _rows(country, account("national"))
    client = visit(role)
    if role:  # as after a search by the whole name
        session = client.session
        session["people_found"] = [rows["network:person"][0], rows["network:person@"][0]]
        session.save()
    found = {name: client.get(reverse(name.rstrip("@"), args=rows[name])).status_code for name in OF_ROWS}
    expected = {name: 200 if role in allowed else 302 if role == "" else 404 for name, allowed in OF_ROWS.items()}
    assert found == expected


@pytest.mark.parametrize("role", [role for role in ROLES if role not in UNIT_EDITORS])
def test_nobody_else_writes_by_a_forged_post(
    role: str, visit: Callable[[str], Client], country: Callable[[str], Unit]
) -> None:
    client, before = visit(role), country(DISTRICT).revision
    unit = country(DISTRICT)
    posts = {
        reverse("network:names", args=[DISTRICT]): {
            "name_kk": "Х",
            "revision": unit.revision,
            "on_day": "1",
            "on_month": "1",
            "on_year": "2026",
        },
        reverse("network:line"): {
            "pick": unit.pk,
            "internet": "none",
            "asked": "1",
            "on_day": "1",
            "on_month": "1",
            "on_year": "2026",
        },
        reverse("network:undo", args=[uuid4()]): {},
        reverse("network:close", args=[DISTRICT]): {
            "revision": unit.revision,
            "on_day": "1",
            "on_month": "1",
            "on_year": "2026",
        },
    }
    for address, answers in posts.items():
        assert client.post(address, answers).status_code in (302, 404), address
    assert country(DISTRICT).revision == before
