from django.urls import path

from orken.credentials.views import batches, own, past, past_lists, public, register, rules

app_name = "credentials"
BATCH, ONE = "certificates/batches/<uuid:pk>/", "certificates/<str:number>/"
PAST = "past-records/registers/<uuid:pk>/"
urlpatterns = [
    path("certificates/", register.register, name="register"),
    path("certificates/prefixes/", register.prefixes, name="prefixes"),
    path("certificates/rules/", rules.rules, name="rules"),
    path("certificates/rules/state/", rules.state_rule, name="state_rule"),
    path("certificates/rules/<int:pk>/end/", rules.end_rule, name="end_rule"),
    path(BATCH, batches.batch, name="batch"),
    path(f"{BATCH}issue/", batches.issue, name="batch_issue"),
    path(f"{BATCH}prepare/", batches.prepare, name="batch_prepare"),
    path(f"{BATCH}papers.zip", batches.papers, name="batch_papers"),
    path(f"{BATCH}list.pdf", batches.printed_list, name="batch_list"),
    path("certificates/registers/<int:pk>/<int:part>.pdf", batches.printed_register, name="printed_register"),
    path(f"{BATCH}lines/<int:line>/strike/", batches.strike, name="batch_strike"),
    path(ONE, register.certificate, name="certificate"),
    path(f"{ONE}paper.pdf", register.paper, name="paper"),
    path(f"{ONE}badge.<slug:kind>", register.badge, name="badge"),
    path(f"{ONE}copies/<int:copy>/hand/", register.hand_copy, name="hand_copy"),
    path(f"{ONE}<slug:verb>/", register.act, name="act"),
    path("verify/", public.verify, name="verify"),
    path("verify/table/", public.verify_table, name="verify_table"),
    path("verify/badge/<str:word>.<slug:kind>", public.verify_badge, name="verify_badge"),
    path("verify/<str:number>/", public.verify_number, name="verify_number"),
    path("my/record/", own.mine, name="mine"),
    path("my/record.pdf", own.my_paper, name="my_paper"),
    path("my/record/send/", own.send, name="send"),
    path("my/record/<int:pk>/withdraw/", own.withdraw, name="withdraw"),
    path("my/record/claim/", past.claim, name="claim"),
    path("my/record/claims/<int:pk>/withdraw/", past.withdraw, name="withdraw_claim"),
    path("past-records/", past.records, name="past_records"),
    path("past-records/<int:pk>/", past.record, name="past_record"),
    path("past-records/registers/", past_lists.registers, name="past_lists"),
    path(PAST, past_lists.shown, name="past_list"),
    path(f"{PAST}columns/", past_lists.columns, name="past_columns"),
    path(f"{PAST}rows/<int:number>/", past_lists.row, name="past_row"),
    path(f"{PAST}apply/", past_lists.apply, name="past_apply"),
    path(f"{PAST}back/", past_lists.back, name="past_back"),
    path("outside-training/", own.outside, name="outside"),
    path("outside-training/<int:pk>/", own.outside_one, name="outside_one"),
]
# Addresses of machines: without a language, as badges name them.
machines = [
    path("issuers/<str:code>/did.json", public.did_document, name="did_document"),
    path("issuers/<str:code>/status/<int:number>", public.status_list, name="status_list"),
]
