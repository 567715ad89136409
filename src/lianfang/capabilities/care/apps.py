from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "lianfang.capabilities.care"
    label = "care"
    registers = (
        "lianfang.capabilities.care.models.HospitalRegister",
        "lianfang.capabilities.care.models.BedRegister",
        "lianfang.capabilities.care.models.TransferRegister",
        "lianfang.capabilities.care.models.AssignmentRegister",
        "lianfang.capabilities.care.models.VisitRegister",
        "lianfang.capabilities.care.models.ReferralRegister",
        "lianfang.capabilities.care.models.ServiceRegister",
        "lianfang.capabilities.care.models.ExpertTeamRegister",
        "lianfang.capabilities.care.models.ConsultationRegister",
        "lianfang.capabilities.care.models.ProtectionRegister",
        "lianfang.capabilities.care.models.ExposureRegister",
    )
    indicators = (
        "lianfang.capabilities.care.queries.bed_indicators.BEDS",
        "lianfang.capabilities.care.queries.bed_indicators.WAITING",
        "lianfang.capabilities.care.queries.concentration.CASES",
        "lianfang.capabilities.care.queries.concentration.HOSPITALS",
    )
    obligations = "lianfang.capabilities.care.queries.obligations.obligations"
    fever_services = "lianfang.capabilities.care.queries.referrals.fever_services"
