from django.apps import AppConfig


class AppendConfig(AppConfig):
    name = "benchmarks._append"
    label = "bench_append"
