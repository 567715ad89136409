from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "lianfang.identity"
    label = "identity"
    registers = ("lianfang.identity.models_life.LookRegister",)

    def ready(self) -> None:
        from django.conf import settings

        from lianfang.identity import documents

        documents.take_made(settings.DRILL is not None)
