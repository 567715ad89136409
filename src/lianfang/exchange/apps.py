from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "lianfang.exchange"
    label = "exchange"
    sheets = "lianfang.exchange.forms.parts.KINDS"
    """What is filled in here from the record, for the registry of forms."""
