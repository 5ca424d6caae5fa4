"""The pages of the room."""

from support.programmes.views.answering import request_answer, request_withdraw
from support.programmes.views.asking import support_ask, support_refer
from support.programmes.views.caseload import caseload, caseload_export
from support.programmes.views.programmes import programme_detail
from support.programmes.views.reviews import (
    review_again,
    review_assess,
    review_judge,
    review_own_view,
    review_reply,
)

__all__ = [
    "caseload",
    "caseload_export",
    "programme_detail",
    "request_answer",
    "request_withdraw",
    "review_again",
    "review_assess",
    "review_judge",
    "review_own_view",
    "review_reply",
    "support_ask",
    "support_refer",
]
