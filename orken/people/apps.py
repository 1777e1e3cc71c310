from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "orken.people"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from orken.people import invariants, joined
        from orken.people.accounts import browsers

        # Connected before Django's own receiver, which overwrites the moment of the last sign-in.
        user_logged_in.connect(browsers.on_sign_in, dispatch_uid="people.browsers")
        joined.register()
        invariants.register()
