from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "lianfang.access"
    label = "access"

    def ready(self) -> None:
        from lianfang.access.rows import register_lookups

        register_lookups()
