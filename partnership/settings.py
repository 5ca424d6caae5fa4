"""All settings of the portal: production by default, every difference an environment variable."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from bootstrap_wrapper import get_bootstrap_dir
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str | None = None) -> str:
    """The variable's value; without a default a missing one stops the start with one sentence."""
    value = os.environ.get(name, default)
    if value is None:
        message = f"Set the environment variable {name}: .env.example says what it is for."
        raise ImproperlyConfigured(message)
    return value


def env_switch(name: str, default: str = "no") -> bool:
    """Whether a variable says yes."""
    return env(name, default).strip().lower() in {"1", "yes", "true", "on"}


def env_list(name: str, default: str | None = None) -> list[str]:
    """A variable's values, separated by commas."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


# A pooler between portal and PostgreSQL may refuse options and prepared statements: then say yes.
DATABASE_POOLED = env_switch("DATABASE_POOLED")
PLANNING = "-c jit=off -c random_page_cost=1.1 -c plan_cache_mode=force_generic_plan"


def database(url: str) -> dict[str, object]:
    """Django's settings for `postgresql://user:password@host:port/name` or `sqlite:///path`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        pragmas = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364; PRAGMA cache_size=2000;"
        )
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path.removeprefix("/")) or ":memory:",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": pragmas,
            },
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql:// or sqlite:///.")
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query if DATABASE_POOLED else {"options": PLANNING} | query,
    }


DEBUG = env_switch("DEBUG")
DEMO = env_switch("DEMO")
DEMO_PASSWORD = env("DEMO_PASSWORD", "stronger-together")
SECRET_KEY = env("SECRET_KEY")
PORTAL_URL = env("PORTAL_URL").rstrip("/")
PORTAL_HOST = urlsplit(PORTAL_URL).hostname or ""
PORTAL_NAME = env("PORTAL_NAME", "Schools Partnership")
PORTAL_CONTACT = env("PORTAL_CONTACT", "")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", PORTAL_HOST)
IS_SECURE = PORTAL_URL.startswith("https://")
DATA_DIR = Path(env("DATA_DIR", str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "partnership.people.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "partnership.toolkit",
    "partnership.audit",
    "partnership.people",
    "partnership.calendar",
    "partnership.notices",
    "partnership.invitations",
    "partnership.home",
    "alliances.schools",
    "alliances.membership",
    "alliances.meetings",
    "workhubs.hubs",
    "support.directory",
    "support.programmes",
    "support.progress",
    "reviews.cycles",
    "reviews.days",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "partnership.home.views.session_ended.KeepTypedMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "partnership.people.second_factor.SecondFactorMiddleware",
    "partnership.home.views.only_sent.OnlySentMiddleware",
]

ROOT_URLCONF = "partnership.urls"
WSGI_APPLICATION = "partnership.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partnership.home.frame.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

DATABASES = {"default": database(env("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", "" if DEMO else None)
CACHES = {
    "default": {
        "BACKEND": "partnership.toolkit.kept_redis.KeptRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "portal",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

CELERY_BROKER_URL = REDIS_URL or "memory://localhost"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/London"
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["partnership.people.backends.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "partnership.people.adapter.InvitedOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_SECURE else "http"
ACCOUNT_USER_DISPLAY = str
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {"manage_email": "5/3600s/user", "request_login_code": "20/m/ip,5/600s/key"}
ACCOUNT_FORMS = {
    "change_password": "partnership.people.forms.NewPasswordForm",
    "confirm_login_code": "partnership.people.forms.CodeByMailForm",
    "request_login_code": "partnership.people.forms.AskForCodeForm",
    "reset_password": "partnership.people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "partnership.people.forms.PasswordAfterMailForm",
    "set_password": "partnership.people.forms.FirstPasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(env("TRUSTED_PROXIES", "0"))
SOCIALACCOUNT_ADAPTER = "partnership.people.provider.AccountsElsewhereAdapter"
MICROSOFT_TENANTS = env_list("MICROSOFT_TENANTS", "")
MICROSOFT_DOOR = MICROSOFT_TENANTS[0] if len(MICROSOFT_TENANTS) == 1 else "organizations"
SIGN_IN_PROVIDERS = [
    provider
    for provider in (
        {
            "id": "microsoft",
            "name": "Microsoft",
            "server": f"https://login.microsoftonline.com/{MICROSOFT_DOOR}/v2.0",
            "client_id": env("MICROSOFT_CLIENT_ID", "") if MICROSOFT_TENANTS else "",
            "secret": env("MICROSOFT_CLIENT_SECRET", ""),
            "tenants": MICROSOFT_TENANTS,
        },
        {
            "id": "google",
            "name": "Google",
            "server": "https://accounts.google.com",
            "client_id": env("GOOGLE_CLIENT_ID", ""),
            "secret": env("GOOGLE_CLIENT_SECRET", ""),
            "tenants": [],
        },
        {
            "id": "dfe",
            "name": "DfE Sign-in",
            "server": env("DFE_SIGN_IN_URL", "https://oidc.signin.education.gov.uk"),
            "client_id": env("DFE_SIGN_IN_CLIENT_ID", ""),
            "secret": env("DFE_SIGN_IN_CLIENT_SECRET", ""),
            "tenants": [],
        },
    )
    if provider["client_id"]
]
MFA_ADAPTER = "partnership.people.adapter.PortalMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "activate_totp": "partnership.people.forms.AppCodeForm",
    "add_webauthn": "partnership.people.forms.PasskeyForm",
    "authenticate_webauthn": "partnership.people.forms.PasskeySecondForm",
    "edit_webauthn": "partnership.people.forms.PasskeyNameForm",
    "login_webauthn": "partnership.people.forms.PasskeySignInForm",
    "reauthenticate_webauthn": "partnership.people.forms.PasskeyAgainForm",
}
MFA_TOTP_ISSUER = PORTAL_NAME
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an invitation by mail has shown whose address it is
STAFF_NEED_SECOND_FACTOR = env_switch("STAFF_NEED_SECOND_FACTOR", "no" if DEMO else "yes")
INVITATION_DAYS = 14

EMAIL_URL = urlsplit(env("EMAIL_URL", "file:" if DEMO else None))
EMAIL_BACKEND = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
}[EMAIL_URL.scheme]
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = EMAIL_URL.hostname or "localhost"
EMAIL_PORT = EMAIL_URL.port or 25
EMAIL_HOST_USER = unquote(EMAIL_URL.username or "")
EMAIL_HOST_PASSWORD = unquote(EMAIL_URL.password or "")
EMAIL_USE_SSL = EMAIL_URL.scheme == "smtps"
EMAIL_USE_TLS = "tls" in EMAIL_URL.query
EMAIL_TIMEOUT = 20
EMAIL_USE_LOCALTIME = True
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", f"portal@{PORTAL_HOST}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [("bootstrap", get_bootstrap_dir()), BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "uploads"
MEDIA_URL = ""
HASHED_STATIC = env_switch("HASHED_STATIC", "no" if DEMO else "yes")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC
WHITENOISE_AUTOREFRESH = False
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
PAPER_MAX_BYTES = 20_000_000

SECURE_SSL_REDIRECT = IS_SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_HSTS_PRELOAD = IS_SECURE
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SECURE = IS_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "partnership.home.views.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "partnership.toolkit.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
