"""The pages of the room."""

from support.programmes.views.agreements import (
    agreement_drop,
    agreement_edit,
    agreement_renew,
    agreement_send,
)
from support.programmes.views.answering import request_answer, request_withdraw
from support.programmes.views.asking import support_ask, support_refer
from support.programmes.views.caseload import caseload, caseload_export
from support.programmes.views.declaring import (
    conflict_settle,
    diligence_check,
    interests_declare,
)
from support.programmes.views.eligibility import eligibility_check, programme_history
from support.programmes.views.figures import support_figures
from support.programmes.views.matching import (
    matching_finish,
    matching_take_back,
    support_match,
    supporting_school,
)
from support.programmes.views.naming import person_end, person_name, programme_watch
from support.programmes.views.programmes import programme_beginning, programme_detail
from support.programmes.views.reviews import (
    review_again,
    review_assess,
    review_judge,
    review_own_view,
    review_reply,
)
from support.programmes.views.signing import agreement_decline, agreement_sign
from support.programmes.views.strands import strand_give_up, strand_new
from support.programmes.views.versions import (
    agreement_detail,
    agreement_pdf,
    agreement_versions,
    agreement_words,
)

__all__ = [
    "agreement_decline",
    "agreement_detail",
    "agreement_drop",
    "agreement_edit",
    "agreement_pdf",
    "agreement_renew",
    "agreement_send",
    "agreement_sign",
    "agreement_versions",
    "agreement_words",
    "caseload",
    "caseload_export",
    "conflict_settle",
    "diligence_check",
    "eligibility_check",
    "interests_declare",
    "matching_finish",
    "matching_take_back",
    "person_end",
    "person_name",
    "programme_beginning",
    "programme_detail",
    "programme_history",
    "programme_watch",
    "request_answer",
    "request_withdraw",
    "review_again",
    "review_assess",
    "review_judge",
    "review_own_view",
    "review_reply",
    "strand_give_up",
    "strand_new",
    "support_ask",
    "support_figures",
    "support_match",
    "support_refer",
    "supporting_school",
]
