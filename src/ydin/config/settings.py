"""Django settings. Values that differ between installations come from `env.py` and nowhere else."""

from pathlib import Path
from typing import Any

from ydin.config.env import django_database, folder_of, read_environment

ENV = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENV.secret_key
SECRET_KEY_FALLBACKS = ENV.secret_key_fallbacks
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.allowed_hosts
BASE_URL = ENV.base_url
IS_DEMO = ENV.name == "demo"
SHOWS_CATALOGUE = ENV.name in {"demo", "test", "development"}

ROOT_URLCONF = "ydin.config.urls"
WSGI_APPLICATION = "ydin.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"

INSTALLED_APPS = [
    "ydin.kernel",
    "ydin.ui",
    "ydin.people",
    "ydin.outbox",
    "ydin.audit",
    "ydin.networks",
    "ydin.access",
    "ydin.groups",
    "ydin.meetings",
    "ydin.experiments",
    "ydin.partnerships",
    "ydin.institutes",
    "ydin.ideas",
    "ydin.calendar",
    "ydin.stories",
    "ydin.trust",
    "ydin.privacy",
    "ydin.home",
    *(["ydin.demo"] if SHOWS_CATALOGUE else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "django_htmx",
    "lucide",
    *(["django_linear_migrations"] if ENV.name in {"test", "development"} else []),
]

MIDDLEWARE = [
    "ydin.kernel.http.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Pages carry secrets (form tokens) beside what a stranger may send: tokens are masked anew in each answer,
    # and Django pads the compressed page by a random length, so that its size tells nothing (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "ydin.ui.languages.LanguageAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ydin.people.middleware.ActingMiddleware",
    "ydin.people.middleware.LanguageAndTimeZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "ydin.kernel.throttle.ThrottleMiddleware",
    "ydin.kernel.text.TextMiddleware",
    "ydin.ui.middleware.RefusalMiddleware",
    "ydin.access.middleware.SecondStepMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "ydin.home.context.navigation",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "ydin.ui.templatetags.ui"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": django_database(ENV)}
ATOMIC_REQUESTS = True

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process"},
}
SESSION_ENGINE = "ydin.access.backend"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
# A name with __Host- is taken by browsers only from this very host, over TLS (RFC 6265bis).
COOKIE_PREFIX = "__Host-" if ENV.secure else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = ENV.secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.trusted_proxies else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if ENV.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENV.secure
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [ENV.base_url] if ENV.secure else []
CSRF_FAILURE_VIEW = "ydin.ui.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "home:mine"
LOGOUT_REDIRECT_URL = "home:front"
ACCOUNT_ADAPTER = "ydin.access.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # otherwise the host's name in brackets
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # no letter leaves: the adapter does a known address's work in vain
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/m/key,20/d/key",
    "reauthenticate": "10/m/user",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.trusted_proxies
MFA_ADAPTER = "ydin.access.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # half a minute early or late
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENV.secure

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}ydin_language"
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True
USE_I18N = True
FIRST_DAY_OF_WEEK = 1

STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
]
# Leaflet's file comes with django-leaflet, whose own tags and settings are not needed
STATICFILES_DIRS = [("map", folder_of("leaflet") / "static" / "leaflet")] if ENV.map_tiles else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

EMAIL_BACKEND = "ydin.outbox.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = ENV.mail_from
SMTP_URL = ENV.email_url
# Nothing leaves a demo: messages stay in the outbox, where its page shows them.
DELIVERS_MAIL = bool(ENV.email_url) and not IS_DEMO
SHOWS_OUTBOX = SHOWS_CATALOGUE
# Where answers by mail come back, with a signed part after a plus; empty: nobody reads such mail.
REPLY_ADDRESS = ENV.reply_address
IMAP_URL = ENV.imap_url
MAIL_PER_MINUTE = ENV.mail_per_minute
MAIL_BURST = 20  # letters that one receiving domain may get at once after a quiet time

MAP_TILES, MAP_ATTRIBUTION = ENV.map_tiles, ENV.map_attribution

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"ydin": {"level": "INFO"}},
}
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # e-mail is unique whatever its letter case: the constraint person_email_once
]
