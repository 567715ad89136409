from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "lianfang.facts"
    label = "facts"

    def ready(self) -> None:
        """Reads the kinds: one that holds what no fact may hold keeps the program from starting."""
        from lianfang.facts.kinds import registry

        registry()
