"""Every setting, from the environment. README.md names those that an operator chooses in production."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent
DATA = Path(os.environ.get("NAKADACHI_DATA") or ROOT / "var").resolve()


def flag(name: str, default: bool = False) -> bool:
    """Read a yes/no variable."""
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def secret_key() -> str:
    """`SECRET_KEY`, or one made on the first start and kept in the data folder."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    kept = DATA / "secret_key"
    if not kept.exists():
        import secrets

        DATA.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return kept.read_text(encoding="ascii")


SECRET_KEY = secret_key()
DEBUG = False
DEMO = flag("NAKADACHI_DEMO")
PORT = int(os.environ.get("PORT", "8000"))
SITE_URL = os.environ.get("SITE_URL", f"http://localhost:{PORT}").rstrip("/")
SECURE = SITE_URL.startswith("https://")
SITE_NAME = os.environ.get("SITE_NAME", "仲立ち")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SECURE else []
# Behind so many proxies, each adding the address it heard from to X-Forwarded-For, limits count visitors, not proxies.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "0"))

# The rulebook: which service this market runs as, and who takes card payments.
SERVICE = os.environ.get("NAKADACHI_SERVICE", "lancers")
PAYMENT_GATEWAY = os.environ.get("PAYMENT_GATEWAY", "sandbox")

# The operator's side of the bank's transfer file. `kind`: 1 ordinary, 2 checking. Line ends: none or crlf.
PAYOUT_SENDER = {
    "code": os.environ.get("PAYOUT_SENDER_CODE", "0000000001"),
    "name": os.environ.get("PAYOUT_SENDER_NAME", "ナカダチ"),
    "bank_code": os.environ.get("PAYOUT_SENDER_BANK", "0001"),
    "branch_code": os.environ.get("PAYOUT_SENDER_BRANCH", "001"),
    "kind": os.environ.get("PAYOUT_SENDER_KIND", "1"),
    "number": os.environ.get("PAYOUT_SENDER_NUMBER", "0000001"),
}
PAYOUT_LINE_END = os.environ.get("PAYOUT_LINE_END", "none")

INSTALLED_APPS = [
    "nakadachi.people",
    "nakadachi.people.standing",
    "nakadachi.people.roles",
    "nakadachi.infra.events",
    "nakadachi.infra.files",
    "nakadachi.infra.mail",
    "nakadachi.money.ledger",
    "nakadachi.money.payments",
    "nakadachi.money.payments.gateways.sandbox",
    "nakadachi.money.payouts",
    "nakadachi.money.escrow",
    "nakadachi.market.jobs",
    "nakadachi.market.sourcing",
    "nakadachi.market.contracts",
    "nakadachi.notifications",
    "nakadachi.search",
    "nakadachi.web.ui",
    "nakadachi.demo",
    "nakadachi.config.apps.ConfigConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "nakadachi.web.ui.kept_pages.kept_pages",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "nakadachi.web.ui.middleware.edge",
]

ROOT_URLCONF = "nakadachi.config.urls"
WSGI_APPLICATION = "nakadachi.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            PACKAGE / "web" / "ui" / "templates",
            *sorted((PACKAGE / "web").glob("pages/*/templates")),
            *sorted((PACKAGE / "web").glob("staff/*/templates")),
            *sorted((PACKAGE / "web").glob("staff/templates")),
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "nakadachi.web.ui.context.site",
            ],
        },
    }
]

# One server, row locks that give up after three seconds (a typed refusal follows), never a higher isolation level.
CONNECTION_OPTIONS = "-c lock_timeout=3s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql://nakadachi_app@/nakadachi")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
_options = DATABASES["default"].setdefault("OPTIONS", {})
_options["options"] = " ".join(filter(None, [_options.get("options"), CONNECTION_OPTIONS]))
if role := os.environ.get("NAKADACHI_SET_ROLE"):
    _options["options"] += f" -c role={role}"
if pool_max := int(os.environ.get("NAKADACHI_POOL_MAX", "0")):
    _options["pool"] = {"min_size": 1, "max_size": pool_max, "timeout": 10}

AUTH_USER_MODEL = "people.Member"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the e-mail is unique in lower case, by an index Django does not recognise
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mypage/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "nakadachi.people.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "nakadachi.people.signup.SignupForm"
ACCOUNT_FORMS = {
    "signup": "nakadachi.people.account_forms.RegisterForm",
    "change_password": "nakadachi.people.account_forms.NewPasswordForm",
    "reset_password_from_key": "nakadachi.people.account_forms.ForgottenPasswordForm",
}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/ip,5/5m/key"}

# How long a public page may be handed out from memory to visitors who are not logged in; 0 draws each anew.
PAGES_KEPT_SECONDS = int(os.environ.get("PAGES_KEPT_SECONDS", "5"))

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "site_cache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "nakadachi.web.ui.errors.csrf_failure"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000  # an offer with 200 milestones of three fields each
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # those beyond FILES_PER_OBJECT_MAX are counted, not kept
FILE_UPLOAD_HANDLERS = ["nakadachi.web.ui.receiving.Receiving"]
FILE_BYTES_MAX = int(os.environ.get("FILE_MB_MAX", "100")) * 1024**2
FILES_FORM_BYTES_MAX = FILE_BYTES_MAX  # all files of one form that is sent without our script
FILES_PER_OBJECT_MAX = int(os.environ.get("FILES_MAX", "50"))
FILES_MEMBER_BYTES_MAX = int(os.environ.get("FILES_MEMBER_MB_MAX", "2048")) * 1024**2  # 0: no end
FILE_SCANNER = os.environ.get("FILE_SCANNER", "")  # reads a file from stdin, ends with 0 (clean) or 1 (infected)

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [DATA / "locale"]
LOCALE_SOURCES = PACKAGE / "locale"
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["nakadachi.config.formats"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
MEDIA_ROOT = DATA / "files"
UPLOAD_ROOT = Path(os.environ.get("UPLOAD_ROOT") or DATA / "uploads")  # shared when several machines serve pages
STORAGES = {
    "default": {"BACKEND": "nakadachi.infra.files.folder.Folder"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Files in a private S3-compatible bucket instead of the folder; members fetch them by addresses that live a minute.
if FILES_S3_BUCKET := os.environ.get("FILES_S3_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": FILES_S3_BUCKET,
            "endpoint_url": os.environ.get("FILES_S3_ENDPOINT") or None,
            "region_name": os.environ.get("FILES_S3_REGION") or None,
            "access_key": os.environ.get("FILES_S3_KEY") or None,
            "secret_key": os.environ.get("FILES_S3_SECRET") or None,
            "addressing_style": os.environ.get("FILES_S3_ADDRESSING", "auto"),
            "signature_version": "s3v4",
            "default_acl": "private",
            "querystring_auth": True,
            "querystring_expire": 60,
            "file_overwrite": False,
            "max_memory_size": 1024**2,
        },
    }

DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "仲立ち <no-reply@nakadachi.invalid>")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
if smtp := os.environ.get("SMTP_HOST"):
    EMAIL_HOST = smtp
    EMAIL_PORT = int(os.environ.get("SMTP_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("SMTP_PASSWORD", "")
    EMAIL_USE_TLS = flag("SMTP_TLS", default=True)
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "nakadachi.infra.mail.mailbox.FileMailbox"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "background"
PROCRASTINATE_ON_APP_READY = "nakadachi.infra.queue.on_app_ready"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
