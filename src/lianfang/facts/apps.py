from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "lianfang.facts"
    label = "facts"
