from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "lianfang.capabilities.bulletins"
    label = "bulletins"
    registers = (
        "lianfang.capabilities.bulletins.models.NoticeRegister",
        "lianfang.capabilities.bulletins.models.IssueRegister",
        "lianfang.capabilities.bulletins.models.HealthItemRegister",
        "lianfang.capabilities.bulletins.models.ClaimRegister",
        "lianfang.capabilities.bulletins.models.FeedbackRegister",
        "lianfang.capabilities.bulletins.models.BriefingRegister",
        "lianfang.capabilities.bulletins.models.ExternalRegister",
    )
    obligations = "lianfang.capabilities.bulletins.queries.duties.obligations"
