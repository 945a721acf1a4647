"""Settings for every environment; what differs comes from environment variables."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name, default):
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


def names(name, default=""):
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def database(url):
    """Return the Django DATABASES entry for a postgres:// address; ?host= names a socket folder."""
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def service_urls():
    """Return the database and broker address; the embedded pair is only imported when needed."""
    given = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    if all(given):
        return given
    from wijkaanpak import embedded  # noqa: PLC0415 production never imports the embedded services

    return given[0] or embedded.database_url(), given[1] or embedded.redis_url()


ENVIRONMENT = os.environ.get("WIJKAANPAK_ENVIRONMENT", "development")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = False if PRODUCTION else flag("DJANGO_DEBUG", "0")
SECRET_KEY = os.environ.get("SECRET_KEY", "" if PRODUCTION else "only-for-development-and-tests-0123456789-abcdefghijklmnop")
ALLOWED_HOSTS = names("ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1],testserver")
if PRODUCTION and not (SECRET_KEY and ALLOWED_HOSTS):
    raise ImproperlyConfigured("Set SECRET_KEY and ALLOWED_HOSTS before starting in production.")
BASE_URL = os.environ.get("BASE_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = names("CSRF_TRUSTED_ORIGINS")

MUNICIPALITY_NAME = os.environ.get("MUNICIPALITY_NAME", "Gemeente Voorbeeldstad")
THEME = os.environ.get("THEME", "default")

INSTALLED_APPS = [
    "wijkaanpak",
    "wijkaanpak.accounts",
    "wijkaanpak.journal",
    "wijkaanpak.neighbourhoods",
    "wijkaanpak.indicators",
    "actors",
    "ambitions",
    "residents",
    "dashboards",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_filters",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "wijkaanpak.languages.LanguageMiddleware",
    "wijkaanpak.neighbourhoods.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "wijkaanpak.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["wijkaanpak.components"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wijkaanpak.navigation.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
WSGI_APPLICATION = "wijkaanpak.wsgi.application"

DATABASE_URL, REDIS_URL = service_urls()
DATABASES = {"default": database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL.replace("redis+socket://", "unix://")}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboards:start"
ACCOUNT_ADAPTER = "wijkaanpak.accounts.adapter.InvitationOnlyAdapter"
SOCIALACCOUNT_ADAPTER = "wijkaanpak.accounts.adapter.KnownPeopleOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("BEHIND_PROXY", "0") else 0  # else all people behind the proxy share one limit
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "wijkaanpak.accounts.adapter.PlainWordsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Wijkaanpak"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
USERSESSIONS_TRACK_ACTIVITY = False
SECOND_FACTOR_REQUIRED = flag("SECOND_FACTOR_REQUIRED", "1" if PRODUCTION else "0")

# Single sign-on of the organisation (OpenID Connect); off until the client is set. It opens existing accounts only.
OIDC_CLIENT_ID = os.environ.get("OIDC_CLIENT_ID", "")
OIDC_ISSUER = os.environ.get("OIDC_ISSUER", "").rstrip("/")
OIDC_HAS_SECOND_FACTOR = flag("OIDC_HAS_SECOND_FACTOR", "0")  # the provider asks for it, so we need not
if OIDC_CLIENT_ID and not OIDC_ISSUER:
    raise ImproperlyConfigured("Set OIDC_ISSUER beside OIDC_CLIENT_ID.")
OIDC_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_ISSUER))] if OIDC_CLIENT_ID else []  # the sign-in form leads there
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "sso",
                "name": os.environ.get("OIDC_NAME", "Single sign-on"),
                "client_id": OIDC_CLIENT_ID,
                "secret": os.environ.get("OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True},
            }
        ]
        if OIDC_CLIENT_ID
        else [],
        "EMAIL_AUTHENTICATION": True,
        "VERIFIED_EMAIL": True,
    }
}
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_LOGIN_ON_GET = False

LANGUAGE_CODE = "nl"
LANGUAGES = [
    ("nl", _("Dutch")), ("en", _("English")), ("tr", _("Turkish")), ("ar", _("Arabic")), ("pl", _("Polish")), ("uk", _("Ukrainian")),
]  # fmt: skip
LOCALE_PATHS = [BASE_DIR / "wijkaanpak" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    *[
        (prefix, path)
        for prefix, path in [
            ("vendor/source-sans-3", BASE_DIR / "node_modules/@fontsource-variable/source-sans-3/files"),
            ("vendor/plotly", BASE_DIR / "node_modules/plotly.js-basic-dist-min"),
        ]
        if path.exists()
    ],
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage" if PRODUCTION else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / "var" / "media"))
MAX_UPLOAD_MB = int(os.environ.get("MAX_UPLOAD_MB", "80"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# Fetching from publishers. Off outside production: then no service is asked, whatever is switched on.
FETCHING = flag("FETCHING", "1" if PRODUCTION else "0")
VERSION = "0.1"
FETCH_ADDRESSES = {
    "odata3": os.environ.get("CBS_URL", "https://opendata.cbs.nl"),
    "odata4": os.environ.get("CBS_DATASETS_URL", "https://datasets.cbs.nl/odata/v1/CBS"),
    "police": os.environ.get("POLICE_URL", "https://dataderden.cbs.nl"),
    "leefbaarometer": os.environ.get("LEEFBAAROMETER_URL", "https://geo.leefbaarometer.nl/lbm3/ows"),
    "pdok": os.environ.get("PDOK_URL", "https://service.pdok.nl/cbs/gebiedsindelingen"),
}
FETCH_CONNECT_SECONDS = float(os.environ.get("FETCH_CONNECT_SECONDS", "10"))
FETCH_READ_SECONDS = float(os.environ.get("FETCH_READ_SECONDS", "30"))  # of silence; shorter than the lease of a job
FETCH_WHOLE_SECONDS = float(os.environ.get("FETCH_WHOLE_SECONDS", "300"))
FETCH_ATTEMPTS = int(os.environ.get("FETCH_ATTEMPTS", "4"))
FETCH_PAUSE_SECONDS = float(os.environ.get("FETCH_PAUSE_SECONDS", "2"))  # before the second attempt; doubles each time
FETCH_KEEP_DAYS = int(os.environ.get("FETCH_KEEP_DAYS", "14"))
FETCH_KEEP_MB = int(os.environ.get("FETCH_KEEP_MB", "500"))

EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend" if PRODUCTION else "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", "0")
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Wijkaanpak <wijkaanpak@voorbeeldstad.example>")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]  # the health check inside the compose network speaks plain HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY", "0") else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *OIDC_ORIGINS],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

CELERY_BROKER_URL = REDIS_URL
JOB_LEASE_SECONDS = int(os.environ.get("JOB_LEASE_SECONDS", "60"))  # three times the longest step of a job
MAILS_READABLE = flag("MAILS_READABLE", "0" if PRODUCTION else "1")  # whole text on the mail pages; links in it open doors
API_CALLS_A_MINUTE = int(os.environ.get("API_CALLS_A_MINUTE", "300"))  # from one address
OPEN_DATA_EMAIL = os.environ.get("OPEN_DATA_EMAIL", "opendata@voorbeeldstad.example")  # who answers questions about the open data
SENTENCE_OF_PROOF = _("These figures show how the neighbourhood is doing. They do not prove that a promise worked.")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO" if PRODUCTION else "WARNING")},
}
