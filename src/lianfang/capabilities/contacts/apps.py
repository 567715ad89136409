from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "lianfang.capabilities.contacts"
    label = "contacts"
    registers = ("lianfang.capabilities.contacts.models.ContactRegister",)
    obligations = "lianfang.capabilities.contacts.queries.obligations"
