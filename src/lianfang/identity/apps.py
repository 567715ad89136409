from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "lianfang.identity"
    label = "identity"
    registers = ("lianfang.identity.models_life.LookRegister",)
