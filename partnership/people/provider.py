"""Accounts elsewhere that open the portal: Microsoft, Google, DfE Sign-in, by OpenID Connect.

Such an account counts by what its provider calls it, never by an e-mail address that it claims,
and only once somebody who is here already has connected it. Nobody signs up by one.
"""

from __future__ import annotations

import logging
import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.base import Provider as BaseProvider
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

ALGORITHMS = ["RS256", "PS256", "ES256"]
CLAIMS = ["aud", "exp", "iat", "iss", "nonce", "sub"]
CLOCKS_DIFFER = 60
PROOF = "proven_account"
PROOF_LASTS = 600

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ProvenAccount:
    """An account elsewhere whose owner has just shown that it is hers."""

    provider: str
    uid: str
    label: str

    @property
    def provider_name(self) -> str:
        """What people call the provider."""
        return provider_name(self.provider)


def provider_name(provider: str) -> str:
    """What people call a provider, also when it isn't offered any more."""
    names = {one["id"]: one["name"] for one in settings.SIGN_IN_PROVIDERS}
    return str(names.get(provider, "An account elsewhere"))


def proven_account(request: HttpRequest) -> ProvenAccount | None:
    """The account shown in this session in the last ten minutes, if any."""
    kept = request.session.get(PROOF)
    if not kept or time.time() - kept["at"] > PROOF_LASTS:
        return None
    return ProvenAccount(kept["provider"], kept["uid"], kept["label"])


def forget_proven_account(request: HttpRequest) -> None:
    """Let the proof be used once."""
    request.session.pop(PROOF, None)


class OpenIDAdapter(OpenIDConnectOAuth2Adapter):
    """Believes an ID token that is signed, meant for this portal and answers its own question."""

    nonce = ""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Whoever the ID token names; what else the provider might say isn't asked."""
        claims = self.verified_claims(app, kwargs["response"].get("id_token") or "")
        return self.get_provider().sociallogin_from_response(request, claims)

    def verified_claims(self, app: Any, id_token: str) -> dict[str, Any]:
        """What the token says; anything wrong with it ends the attempt."""
        config = self.openid_config
        try:
            _algorithm, key = jwtkit.fetch_key(id_token, config["jwks_uri"], jwtkit.lookup_kid_jwk)
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key,
                algorithms=ALGORITHMS,
                audience=app.client_id,
                leeway=CLOCKS_DIFFER,
                options={"require": CLAIMS},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("The ID token can’t be read.") from error
        tenants = app.settings["tenants"]
        if tenants and claims.get("tid") not in tenants:
            raise OAuth2Error("The account is another organisation’s.")
        if claims["iss"] != config["issuer"].replace("{tenantid}", claims.get("tid", "")):
            raise OAuth2Error("The ID token is another issuer’s.")
        if not self.nonce or not secrets.compare_digest(str(claims["nonce"]), self.nonce):
            raise OAuth2Error("The ID token answers another question.")
        return claims

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Back to the portal by its own address, whatever host was asked."""
        path = reverse("openid_connect_callback", kwargs={"provider_id": self.provider_id})
        return f"{settings.PORTAL_URL}{path}"


class OpenIDProvider(OpenIDConnectProvider):
    """One provider as the settings name it."""

    oauth2_adapter_class = OpenIDAdapter

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Ask with a nonce, kept beside the state; take nothing else from the address."""
        nonce = secrets.token_urlsafe(24)
        asked = BaseProvider.get_redirect_from_request_kwargs(self, request)
        return {**asked, "nonce": nonce, "auth_params": {"nonce": nonce}}

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Tenant and object at Microsoft, whose addresses prove nothing; elsewhere the subject."""
        if self.app.settings["tenants"]:
            return f"{data['tid']}:{data['oid']}"
        return str(data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What its owner knows the account by, and nothing more."""
        return {"label": str(data.get("preferred_username") or data.get("email") or "")[:254]}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing: no person is made of it."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """None: an address that it claims decides nothing."""
        return []


class AccountsElsewhereAdapter(DefaultSocialAccountAdapter):
    """Signs in whoever has connected her account, and nobody else."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The providers of the settings; none are kept in the database."""
        return [
            SocialApp(
                provider=OpenIDProvider.id,
                provider_id=one["id"],
                name=one["name"],
                client_id=one["client_id"],
                secret=one["secret"],
                settings={
                    "server_url": one["server"],
                    "oauth_pkce_enabled": True,
                    "tenants": one["tenants"],
                },
            )
            for one in settings.SIGN_IN_PROVIDERS
            if provider in {None, OpenIDProvider.id, one["id"]}
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: people are invited."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Keep the proof for the page that asked for it, or sign in whom the account belongs to."""
        account = sociallogin.account
        process = sociallogin.state.get("process")
        if process == AuthProcess.REDIRECT:
            label = account.extra_data["label"]
            proof = ProvenAccount(account.provider, account.uid, label)
            request.session[PROOF] = {**asdict(proof), "at": time.time()}
        elif process != AuthProcess.LOGIN or not sociallogin.is_existing:
            name = provider_name(account.provider)
            sentence = (
                f"Nobody here has connected this {name} account. Sign in another way, then "
                "connect it under “Signing in”."
            )
            messages.error(request, sentence)
            raise ImmediateHttpResponse(redirect("account_login"))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, *_args: Any, **facts: Any
    ) -> None:
        """Say in a sentence that it didn't work, where she can go on."""
        reason = type(facts.get("exception")).__name__
        logger.warning("Signing in by %s did not work: %s.", provider.app.provider_id, reason)
        sentence = f"{provider.name} did not confirm who you are. Try again, or go another way."
        messages.error(request, sentence)
        is_known = request.user.is_authenticated
        raise ImmediateHttpResponse(redirect("mfa_index" if is_known else "account_login"))


provider_classes = [OpenIDProvider]
