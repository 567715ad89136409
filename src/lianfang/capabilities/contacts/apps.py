from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "lianfang.capabilities.contacts"
    label = "contacts"
