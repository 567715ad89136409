from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lianfang.accounts"
    label = "accounts"
    registers = ("lianfang.accounts.acts.ActRegister",)

    def ready(self) -> None:
        from django.conf import settings

        from lianfang.accounts import clock, demo, drills, events  # noqa: F401  # importing events is what connects it
        from lianfang.facts import salts

        if settings.DRILL:
            drills.keep_time(settings.DRILL)
            salts.derive(settings.DRILL.salts)
        elif settings.DEMO:
            clock.stand_at(demo.morning())
