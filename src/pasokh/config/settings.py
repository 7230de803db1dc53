"""Django's settings: one file, everything an operator may change comes from the environment."""

import os
from pathlib import Path

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from pasokh.config import database, environment, logs, secrets
from pasokh.kernel import targets

ENVIRONMENT = environment.read()
SOURCE = Path(__file__).resolve().parent.parent

# Read when it is first needed, so that looking at the settings writes nothing.
SECRET_KEY = SimpleLazyObject(lambda: secrets.text(ENVIRONMENT.secrets / "django.key"))
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)

DATABASES = {"default": database.settings(ENVIRONMENT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Counts of attempts, shared by all processes; `pasokh migrate` makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # A flood must not push the counts of others out.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    "pasokh.kernel",
    "pasokh.policy",
    "pasokh.directory",
    "pasokh.casework",
    "pasokh.ui",
    "pasokh.portal",
    "pasokh.api",
    "pasokh.desk",
]
MIDDLEWARE = [
    "pasokh.config.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "pasokh.ui.headers.ContentSecurity",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pasokh.api.aside.Programs",
    "pasokh.ui.addresses.WithoutNul",
    "pasokh.ui.reading.Reading",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "pasokh.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pasokh.ui.context.page",
            ]
        },
    }
]

AUTH_USER_MODEL = "directory.User"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# Colleagues sign in by address and password; nobody signs up. Wrong passwords are counted in
# the cache below, which every process shares.
AUTHENTICATION_BACKENDS = ["pasokh.ui.sessions.SignedIn"]
ACCOUNT_ADAPTER = "pasokh.desk.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:queue"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("fa", _("Persian")), ("en", _("English"))]
LOCALE_PATHS = [SOURCE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STATICFILES_FINDERS = [
    "pasokh.ui.collect.Finder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]

FILES = ENVIRONMENT.files
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "pasokh.config.static.Storage"},
}

LOGGING = logs.LOGGING

# Cookies: for this site alone, out of reach of scripts; a working day for a session.
SESSION_ENGINE = "pasokh.ui.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "pasokh.ui.errors.forged"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENVIRONMENT.https else 0
# Only a proxy that is believed can tell that the visitor came by TLS.
SECURE_SSL_REDIRECT = ENVIRONMENT.https and bool(ENVIRONMENT.proxies)

LEDGER_KEY = ENVIRONMENT.secrets / "ledger.key"
LEDGER_ORIGIN = ENVIRONMENT.secrets / "ledger.origin"

# How letters leave the house: by a mail server, or into a folder (nothing leaves), or not at all.
SMTP_URL = ENVIRONMENT.smtp_url
# A demonstration's addresses are invented, so nothing leaves it whatever else is set.
DEMO = ENVIRONMENT.demo
MAIL_FOLDER = ENVIRONMENT.mail_folder or (ENVIRONMENT.demo_mail if DEMO else None)
MAIL_LIMITS = ENVIRONMENT.mail_limits
# Who may vouch for the certificates with which mail is signed.
MAIL_AUTHORITIES = ENVIRONMENT.mail_authorities
# Who looks through files for harmful software, and whether what nobody looked through waits.
SCANNER = ENVIRONMENT.scanner or ""
UNCHECKED_WAITS = ENVIRONMENT.unchecked_waits
REPLY_SEPARATOR = ENVIRONMENT.reply_separator
NOTICE_CAPS = ENVIRONMENT.notice_caps
# Machines that may be spoken to by HTTP although only this server can reach them.
OUTGOING_NETWORKS = targets.networks(ENVIRONMENT.outgoing)
# Where letters tell people to go; and the faces that letters on paper are set in.
PUBLIC_ADDRESS = ENVIRONMENT.address or ""
TRACKING_PAGE = "portal:follow"
TEXT_REPORTS = "sms:reports"
MESSAGES_IN = "messengers:messages"
BOT_JOINS = "pasokh.channels.messengers.joining.listen"
TEXT_TEMPLATES = "pasokh.channels.sms.templates.templates"
TEXT_BALANCE = "pasokh.channels.sms.trial.balance"
TRIAL_TEXT = "pasokh.channels.sms.trial.send"
# What makes a small list into a file at once; a large one waits for the worker.
MAKE_EXPORT = "pasokh.channels.sheets.exporting.make"
PUT_TABLE = "pasokh.channels.sheets.writing.put_table"
TRIAL_LETTER = "pasokh.channels.trial.send"
LINK_PAGES = {"confirm": "portal:confirm", "new_code": "portal:renew"}
FACES = "pasokh.config.faces.folder"

# What the pages' common look is told, because it knows nothing of the domain.
REFUSALS = "pasokh.config.sentences.TABLES"
REFUSED_NAMES = "pasokh.config.sentences.NAMES"
# For those who build pages: shows every component under /fa/ui/ and /en/ui/.
STYLE_GUIDE = "PASOKH_STYLE_GUIDE" in os.environ
#: Complaints that one address may file in a row before it is slowed: a branch, an office, a bench.
FILINGS_AT_ONCE = int(os.environ.get("PASOKH_FILINGS_AT_ONCE", "60"))
