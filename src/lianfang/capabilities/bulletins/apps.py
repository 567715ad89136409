from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "lianfang.capabilities.bulletins"
    label = "bulletins"
    registers = (
        "lianfang.capabilities.bulletins.models.NoticeRegister",
        "lianfang.capabilities.bulletins.models.IssueRegister",
    )
