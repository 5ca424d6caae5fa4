"""Whether somebody has shown just now that it is her; the moment counts, not the session."""

from __future__ import annotations

import time

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.socialaccount.models import SocialAccount

from partnership.people.provider import forget_proven_account, proven_account
from partnership.people.requests import PersonRequest
from partnership.people.ways import Ways
from support.programmes.models import Signature

PROOF_LASTS = 120
BY_METHOD = {
    "password": Signature.Proof.PASSWORD,
    "mfa": Signature.Proof.SECOND_FACTOR,
}


def shown_just_now(request: PersonRequest, ways: Ways) -> str:
    """By what she showed it in the last two minutes; asks for it, where she has a way here.

    Who signs in by an account elsewhere alone shows that account; nothing when she hasn't.
    """
    if ways.has_password or ways.has_second_factor:
        if proof := _shown_again(request):
            return proof
        raise ReauthenticationRequired
    return _shown_elsewhere(request)


def has_shown_elsewhere(request: PersonRequest) -> bool:
    """Whether she has just come back from an account elsewhere that is hers."""
    account = proven_account(request)
    return account is not None and _is_hers(request, account.provider, account.uid)


def _shown_again(request: PersonRequest) -> str:
    """What she typed or touched when she was last asked, unless that is too long ago."""
    records = get_authentication_records(request, request.user)
    again = [record for record in records if record.get("reauthenticated")]
    if not again or time.time() - again[-1]["at"] > PROOF_LASTS:
        return ""
    return BY_METHOD.get(again[-1]["method"], "")


def _shown_elsewhere(request: PersonRequest) -> str:
    account = proven_account(request)
    if account is None or not _is_hers(request, account.provider, account.uid):
        return ""
    forget_proven_account(request)
    return Signature.Proof.ACCOUNT_ELSEWHERE


def _is_hers(request: PersonRequest, provider: str, uid: str) -> bool:
    accounts = SocialAccount.objects.filter(user=request.user, provider=provider, uid=uid)
    return accounts.exists()
