from actors.models.agreements import Agreement, AgreementDocument, AgreementParty, AgreementReminder
from actors.models.organisations import Organisation, Participation, Representative
from actors.models.perspectives import PARTS, Perspective, PerspectiveDraft
from actors.models.placements import Placement
from actors.models.successions import Succession
from actors.models.tensions import SharedPoint, Tension

__all__ = [
    "PARTS", "Agreement", "AgreementDocument", "AgreementParty", "AgreementReminder", "Organisation", "Participation", "Perspective",
    "PerspectiveDraft", "Placement", "Representative", "SharedPoint", "Succession", "Tension",
]
