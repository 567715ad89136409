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
    )
    obligations = "lianfang.capabilities.bulletins.queries.feedback.obligations"
