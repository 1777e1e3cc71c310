from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "orken.kit.audit"
    label = "kit_audit"
