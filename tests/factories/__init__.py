"""Facts that a test doesn't spell out."""

from tests.factories.alliances import (
    AllianceFactory,
    AllianceLinkFactory,
    AlliancePostFactory,
    AreaFactory,
    MembershipFactory,
    PartnerFactory,
    PublicPageFactory,
)
from tests.factories.calendar import DiaryFeedFactory
from tests.factories.meetings import (
    ActionFactory,
    AgendaItemFactory,
    BodyFactory,
    MeetingFactory,
    MeetingReplyFactory,
    SeatFactory,
)
from tests.factories.notices import NoticeFactory
from tests.factories.people import PasskeyFactory, PersonFactory
from tests.factories.schools import (
    AuthorityFactory,
    DelegationFactory,
    DepartureFactory,
    InspectionFactory,
    ProposedChangeFactory,
    RegisterUpdateFactory,
    SchoolFactory,
    SchoolLinkFactory,
    SchoolPostFactory,
)
from tests.factories.workhubs import (
    JoinRequestFactory,
    ObjectiveFactory,
    ProgressNoteFactory,
    WorkhubFactory,
    WorkhubPersonFactory,
    WorkhubSchoolFactory,
    WorkhubYearFactory,
)

__all__ = [
    "ActionFactory",
    "AgendaItemFactory",
    "AllianceFactory",
    "AllianceLinkFactory",
    "AlliancePostFactory",
    "AreaFactory",
    "AuthorityFactory",
    "BodyFactory",
    "DelegationFactory",
    "DepartureFactory",
    "DiaryFeedFactory",
    "InspectionFactory",
    "JoinRequestFactory",
    "MeetingFactory",
    "MeetingReplyFactory",
    "MembershipFactory",
    "NoticeFactory",
    "ObjectiveFactory",
    "PartnerFactory",
    "PasskeyFactory",
    "PersonFactory",
    "ProgressNoteFactory",
    "ProposedChangeFactory",
    "PublicPageFactory",
    "RegisterUpdateFactory",
    "SchoolFactory",
    "SchoolLinkFactory",
    "SchoolPostFactory",
    "SeatFactory",
    "WorkhubFactory",
    "WorkhubPersonFactory",
    "WorkhubSchoolFactory",
    "WorkhubYearFactory",
]
