"""One settings file; what differs between machines comes from the environment (env.py)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from orken.config import env, files, mail, single_sign_on

BASE_DIR = Path(__file__).resolve().parent.parent.parent
try:
    ENVIRONMENT = env.read(os.environ, BASE_DIR)
except env.EnvironmentProblem as problem:
    sys.exit(f"orken: {problem}")

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key
SECRET_KEY_FALLBACKS = list(ENVIRONMENT.old_secret_keys)
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
DEMO = ENVIRONMENT.demo
DATA_DIR = ENVIRONMENT.data
# Where letters lead; pages themselves go by the host they are asked for.
SITE_ADDRESS = ENVIRONMENT.site_url
# Certificates to which an electronic signature of a paper has to lead; None: chains are not checked.
SIGNING_ROOTS = ENVIRONMENT.signing_roots

INSTALLED_APPS = [
    "orken.portal",
    "orken.newsroom",
    "orken.insights",
    "orken.meetings",
    "orken.proceedings",
    "orken.study",
    "orken.live_room",
    "orken.assignments",
    "orken.attempts",
    "orken.training",
    "orken.cataloguing",
    "orken.conservation",
    "orken.courseware",
    "orken.questions",
    "orken.curriculum",
    "orken.credentials",
    "orken.surveys",
    "orken.discussion",
    "orken.notices",
    "orken.records",
    "orken.competencies",
    "orken.network",
    "orken.people",
    "orken.kit.ui",
    "orken.kit.tables",
    "orken.kit.i18n",
    "orken.kit.search",
    "orken.kit.text",
    "orken.kit.audit",
    "orken.kit.files",
    "orken.kit.jobs",
    "orken.kit.limits",
    "orken.kit.live",
    "orken.kit.mail",
    "orken.kit.offline",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    *single_sign_on.apps(single_sign_on.read(ENVIRONMENT.sign_on)),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # A list page is 50 KB of text and goes over a weak line as 8. Django pads the answer by chance, and its
    # form tokens change with every page, so that the length betrays nothing (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "orken.kit.i18n.middleware.LanguageOfReader",
    "orken.kit.ui.middleware.NoNullCharacters",
    "orken.kit.ui.middleware.BusyIsNotBroken",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "orken.kit.ui.middleware.OnlyByAButton",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "orken.people.accounts.browsers.KnownBrowsers",
    "orken.kit.offline.middleware.ReaderOfPage",
    "orken.network.middleware.SecondStepFirst",
    "orken.network.middleware.OutOfScopeIsNotFound",
]

ROOT_URLCONF = "orken.config.urls"
WSGI_APPLICATION = "orken.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"]),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    }
]
FORM_RENDERER = "orken.kit.ui.forms.Renderer"

DATABASES = {"default": dj_database_url.parse(ENVIRONMENT.database_url, conn_max_age=60, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    ENVIRONMENT.data.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: a writer waits its turn at the start instead of failing in the middle.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: what a person was told is saved is on the disk.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;",
    }
    # Tests use a file too: a database in memory belongs to one process and locks whole tables.
    DATABASES["default"]["TEST"] = {"NAME": str(ENVIRONMENT.data / "test.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:desk"
LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "orken.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "orken.people.entrance.LoginForm",
    "reset_password": "orken.people.entrance.ResetPasswordForm",
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's address gets no letter
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this browser stays; all others are signed out by the new password
# Guesses are counted by kit.limits in the adapter and the forms, so that all processes agree.
ACCOUNT_RATE_LIMITS = dict.fromkeys(("login", "login_failed", "reset_password", "reauthenticate"), "")
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.production else 0
MFA_ADAPTER = "orken.people.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "orken.people.entrance.AuthenticateForm",
    "reauthenticate": "orken.people.entrance.ReauthenticateForm",
    "add_webauthn": "orken.people.entrance.AddKeyForm",
    "edit_webauthn": "orken.people.entrance.EditKeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # many have no address at all
MFA_TOTP_ISSUER = "Orken"
MFA_TOTP_TOLERANCE = 1  # clocks of old telephones
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.production  # http://localhost
# Sign-in by an outside identity provider: nothing of it exists unless ORKEN_SIGN_ON names one (docs/operations.md).
SIGN_ON = single_sign_on.read(ENVIRONMENT.sign_on)
SOCIALACCOUNT_PROVIDERS = single_sign_on.providers(SIGN_ON)
SOCIALACCOUNT_ADAPTER = "orken.people.outside.OutsideAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # an address that the provider has verified finds the account
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""

LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))]
TIME_ZONE = "Asia/Almaty"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["orken.kit.i18n.formats"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [folder for folder in (BASE_DIR / "build" / "assets",) if folder.exists()]
STORAGES = {
    "default": files.storage(ENVIRONMENT.files_url, DATA_DIR / "files"),
    "staticfiles": {
        # Tests read the sources; that hashing works is proved by a test of its own.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENVIRONMENT.name == "test"
        else "orken.kit.ui.storage.HashedStaticFiles"
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["quick", "heavy"]}}

CACHES = {
    # Rows that are dear to make: shared by all processes, in Redis when it is set.
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENVIRONMENT.redis_url}
    if ENVIRONMENT.redis_url
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

EMAIL = mail.settings(ENVIRONMENT.mail_url)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = EMAIL.host, EMAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL.user, EMAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = EMAIL.start_tls, EMAIL.tls, 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = EMAIL.sender

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if ENVIRONMENT.production:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    # What a browser once remembered cannot be taken back for a year, so other hosts of the domain are bound by choice only.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.hsts != "host"
    SECURE_HSTS_PRELOAD = ENVIRONMENT.hsts == "preload"
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # the choice above

# Pictures, slides and recordings of a store elsewhere go from it to the browser, by addresses good for minutes.
STORE = [one for one in (files.origin(ENVIRONMENT.files_url),) if one]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "connect-src": [SELF, *([ENVIRONMENT.live_url] if ENVIRONMENT.live_url else [])],
        "img-src": [SELF, "data:", *STORE],
        "media-src": [SELF, *STORE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF, *([SIGN_ON.origin] if SIGN_ON.kind else [])],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO" if ENVIRONMENT.name != "test" else "ERROR"},
}
