from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "lianfang.capabilities.contacts"
    label = "contacts"
    registers = (
        "lianfang.capabilities.contacts.models.ContactRegister",
        "lianfang.capabilities.contacts.models.IndicatorRegister",
    )
    indicators = ("lianfang.capabilities.contacts.queries.indicators.INDICATORS",)
    obligations = "lianfang.capabilities.contacts.queries.obligations"
