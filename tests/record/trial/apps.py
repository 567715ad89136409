from django.apps import AppConfig


class TrialConfig(AppConfig):
    name = "tests.record.trial"
    label = "trial"
    registers = ("tests.record.trial.register.Households",)
    obligations = "tests.record.trial.obligations.obligations"
