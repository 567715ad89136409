from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lianfang.accounts"
    label = "accounts"
    registers = ("lianfang.accounts.acts.ActRegister",)

    def ready(self) -> None:
        from lianfang.accounts import events  # noqa: F401  # importing it is what connects it
