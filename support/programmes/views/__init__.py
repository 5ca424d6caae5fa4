"""The pages of the room."""

from support.programmes.views.answering import request_answer, request_withdraw
from support.programmes.views.asking import support_ask, support_refer
from support.programmes.views.programmes import programme_detail
from support.programmes.views.reviews import (
    review_again,
    review_assess,
    review_judge,
    review_own_view,
    review_reply,
)

__all__ = [
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
