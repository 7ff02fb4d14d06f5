"""Django settings. Everything an office may change comes from the environment; see docs/operating.md."""

import os
import secrets
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from laksana.files.place import export_storage, file_storage

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("LAKSANA_HOME", Path.home() / ".laksana")).expanduser()
"""Where one machine keeps its database (SQLite), files and secret key."""


def _secret_key() -> str:
    """The key from the environment, or one made once and kept, readable by the owner only, under LAKSANA_HOME."""
    if key := os.environ.get("LAKSANA_SECRET_KEY"):
        return key
    kept = HOME / "secret-key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(50))
    return kept.read_text().strip()


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("LAKSANA_DEBUG") == "1"
DEMO = os.environ.get("LAKSANA_DEMO") == "1"
"""True on a demonstration: the page that lists the accounts to try is served."""
BASE_URL = os.environ.get("LAKSANA_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = os.environ.get("LAKSANA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "laksana.worktime",
    "laksana.people",
    "laksana.jobs",
    "laksana.files",
    "laksana.numbering",
    "laksana.notices",
    "laksana.cases",
    "laksana.documents",
    "laksana.signing",
    "laksana.disclosure",
    "laksana.registers",
    "laksana.measurement",
    "laksana.publishing",
    "laksana.library",
    "laksana.library.evaluation",
    "laksana.library.persuratan",
    "laksana.library.teknologi",
    "laksana.library.persandian",
    "laksana.library.aspirasi",
    "laksana.library.aset",
    "laksana.library.keuangan",
    "laksana.library.perencanaan",
    "laksana.library.informasi",
    "laksana.library.tatalaksana",
    "laksana.library.rumah_tangga",
    "laksana.library.kepegawaian",
    "laksana.library.kepegawaian.riwayat",
    "laksana.library.kepegawaian.presensi",
    "laksana.library.kepegawaian.penjagaan",
    "laksana.library.statistik",
    "laksana.agenda",
    "laksana.archive",
    "laksana.web",
    "laksana.workspace",
    "laksana.portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "laksana.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "laksana.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "laksana.workspace.shell.shell",
            ],
        },
    },
]
WSGI_APPLICATION = "laksana.site.wsgi.application"

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", f"sqlite:///{HOME / 'laksana.sqlite3'}"), conn_max_age=600
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at once, so that two actions queue instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # The server keeps what every action runs ready (`laksana.prepared`); ?prepare_threshold=1000000 in the address prevents it.
    DATABASES["default"]["OPTIONS"] = {"prepare_threshold": 1, **DATABASES["default"].get("OPTIONS", {})}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "laksana.people.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "laksana.people.forms.SignInForm"}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Laksana] "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    # A whole office signs in within minutes of the opening hour, and often from one address.
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/300s/key",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_FORMS = {"add_webauthn": "laksana.people.forms.AddPasskeyForm"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Laksana"
MFA_TOTP_TOLERANCE = 1
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "laksana.library.teknologi.pemberian_password.passwords.OfficePasswordValidator"},
]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "laksana.web.fonts.FontFinder",
]
STORAGES = {
    "default": file_storage(os.environ, HOME),
    "exports": export_storage(os.environ, HOME),
    "staticfiles": {"BACKEND": "laksana.web.static_files.CollectedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

FILE_UPLOAD_HANDLERS = ["laksana.files.upload.LimitedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
"""The table of a long SOP is one form: a dozen fields for each row, and a box for each of its performers."""
MAX_UPLOAD_BYTES = int(os.environ.get("LAKSANA_MAX_UPLOAD_MB", "25")) * 1024 * 1024
MAX_VIDEO_BYTES = int(os.environ.get("LAKSANA_MAX_VIDEO_MB", "100")) * 1024 * 1024
"""The largest file taken; a field may set less."""
MAX_IMAGE_PIXELS = int(os.environ.get("LAKSANA_MAX_IMAGE_MEGAPIXELS", "120")) * 1_000_000
"""Width times height of the largest image taken: what it needs once unpacked, whatever its size as a file."""
CLAMD = os.environ.get("LAKSANA_CLAMD", "")
"""Where ClamAV's clamd listens ("/run/clamav/clamd.ctl" or "host:3310"); empty: files are not scanned."""
OCR_PAGES = int(os.environ.get("LAKSANA_OCR_PAGES", "10"))
"""How many pages of each file are read, so that cases are found by what their letters say; 0: none."""
OCR_SECONDS = int(os.environ.get("LAKSANA_OCR_SECONDS", "30"))
"""How long Tesseract may look at one page."""
UPLOADS_KEPT = timedelta(days=30)
"""How long a file of a form that was never sent is kept where no draft names it, and the draft of a step that is closed."""
ORPHANS_KEPT = timedelta(days=1)
"""How long a content that no row names is left alone: whoever is storing it may still be at work."""

SIGNATURE = os.environ.get("LAKSANA_SIGNATURE", "local" if DEMO else "basah")
"""How the office signs: `basah` by hand, `local` with certificates of its own authority, `bsre` with those of BSrE."""
SIGNING_KEYS = HOME / "signing"
"""Where the encrypted keys of the office's own certificate authority lie."""
SIGN_TRUST = os.environ.get("LAKSANA_SIGN_TRUST", "")
"""A PEM file with the authorities (those of BSrE) that signed papers are held against; empty: only the office's own."""
TSA_URL = os.environ.get("LAKSANA_TSA_URL", "")
"""The time stamp authority (RFC 3161) for long-term signatures; empty: signatures without its time stamp."""
BSRE_URL = os.environ.get("LAKSANA_BSRE_URL", "")
"""Where the office's BSrE e-sign client service answers."""
BSRE_USER = os.environ.get("LAKSANA_BSRE_USER", "")
BSRE_PASSWORD = os.environ.get("LAKSANA_BSRE_PASSWORD", "")

CACHES = {
    # In the database, so that the limits on sign-in hold over all processes and machines together.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_cacherow",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOB_LEASE = timedelta(seconds=int(os.environ.get("LAKSANA_JOB_LEASE_SECONDS", "60")))
"""How long a worker may be silent before its jobs are taken back. Machines' clocks must agree within it."""
EXPORTS_KEPT = timedelta(days=2)
"""How long the file of a book is kept for the one who asked for it."""
JOBS_KEPT = timedelta(days=7)
"""How long a job that was done is remembered."""
NOTICES_KEPT = timedelta(days=365)
"""How long a notice is kept after it was read."""

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("LAKSANA_SMTP_HOST")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = os.environ.get("LAKSANA_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("LAKSANA_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("LAKSANA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LAKSANA_SMTP_PASSWORD", "")
EMAIL_TIMEOUT = 10
EMAIL_USE_TLS = os.environ.get("LAKSANA_SMTP_TLS", "1") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("LAKSANA_MAIL_FROM", "laksana@localhost")

SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 12 * 3600
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
if os.environ.get("LAKSANA_BEHIND_PROXY") == "1":
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SILENCED_SYSTEM_CHECKS: list[str] = []
