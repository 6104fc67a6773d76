"""Every setting, from the environment. docs/operations/settings.md is made from the descriptions here."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from nakadachi.config.packages import OTHERS, OURS
from nakadachi.config.variables import BadVariable, described, flag, number, section, text

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent

section("The market")
described(
    "NAKADACHI_DATA", "`var/` of the project", "Folder for the embedded database, files, mails, logs and the key."
)
DATA = Path(os.environ.get("NAKADACHI_DATA") or ROOT / "var").resolve()


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


described(
    "SECRET_KEY", "made on the first start, kept in the data folder", "Signs sessions and links, encrypts factors."
)
SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = text(
    "SECRET_KEY_FALLBACKS", "", "Earlier keys, with commas between: what they sealed still opens."
)
SECRET_KEY_FALLBACKS = [key for key in SECRET_KEY_FALLBACKS.split(",") if key]
DEBUG = False
DEMO = flag(
    "NAKADACHI_DEMO",
    False,
    "The demo market with its people, mailbox and test cards; `bin/run` sets it. 0 for a real market.",
)
SITE_NAME = text("SITE_NAME", "仲立ち", "The name on every page and mail.")
PORT = number("PORT", 8000, "Where the pages listen.")
described("HOST", "`127.0.0.1`", "The address they listen on.")
described(
    "SITE_URL", "`http://localhost:` and the port", "What people type; `https://` brings secure cookies and HSTS."
)
SITE_URL = (os.environ.get("SITE_URL") or f"http://localhost:{PORT}").rstrip("/")
SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = text("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "Host names that are answered, with commas between.")
ALLOWED_HOSTS = ALLOWED_HOSTS.split(",")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SECURE else []
ALLAUTH_TRUSTED_PROXY_COUNT = number(
    "TRUSTED_PROXIES", 0, "Proxies in front that add to X-Forwarded-For, so that limits count visitors and not proxies."
)
described("NAKADACHI_SERVICE", "`lancers`", "The preset of rules: fees, timers, payout calendar.")
described("NAKADACHI_RULEBOOK", "", "A TOML file of your own instead of a preset.")

section("Money")
PAYMENT_GATEWAY = text("PAYMENT_GATEWAY", "sandbox", "Who takes card payments.")
PAYOUT_SENDER = {
    "code": text("PAYOUT_SENDER_CODE", "0000000001", "Transfer file: your consignor code (委託者コード), ten digits."),
    "name": text("PAYOUT_SENDER_NAME", "ナカダチ", "Transfer file: your name in kana."),
    "bank_code": text("PAYOUT_SENDER_BANK", "0001", "Transfer file: code of your bank."),
    "branch_code": text("PAYOUT_SENDER_BRANCH", "001", "Transfer file: code of its branch."),
    "kind": text("PAYOUT_SENDER_KIND", "1", "Transfer file: 1 ordinary account, 2 checking account."),
    "number": text("PAYOUT_SENDER_NUMBER", "0000001", "Transfer file: number of your account."),
}
STAFF_TWO_PERSON = flag(
    "STAFF_TWO_PERSON",
    False,
    "Whoever made a transfer file, or ordered a refund by bank transfer, may not mark it as sent: another has to.",
)
PAYOUT_LINE_END = text("PAYOUT_LINE_END", "none", "Transfer file: `none` or `crlf` after each record.")

# Who runs this market, for the texts it must show. What is empty is told on request.
section("Who runs it, for the terms and policies")
OPERATOR = {
    "name": text("OPERATOR_NAME", f"{SITE_NAME} 運営事務局", "Name of the operator."),
    "representative": text("OPERATOR_REPRESENTATIVE", "", "Who represents it. Empty: told on request, as those below."),
    "address": text("OPERATOR_ADDRESS", "", "Its address."),
    "phone": text("OPERATOR_PHONE", "", "Its telephone number."),
    "mail": text("OPERATOR_MAIL", "", "Its mail address."),
}
FISCAL_YEAR_END_MONTH = number(
    "FISCAL_YEAR_END_MONTH", 3, "The last month of its business year, 1–12: terms of what must be kept count from it."
)
if not 1 <= FISCAL_YEAR_END_MONTH <= 12:
    raise BadVariable(f"FISCAL_YEAR_END_MONTH={FISCAL_YEAR_END_MONTH} is no month.")

INSTALLED_APPS = [*OURS, *OTHERS]

MIDDLEWARE = [
    "nakadachi.web.ui.before_answer.before_answer",
    "nakadachi.web.ui.watching.watching",
    "nakadachi.web.ui.kept_pages.kept_pages",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "nakadachi.people.access.logged_in.logged_in",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "nakadachi.web.ui.middleware.edge",
    "nakadachi.web.ui.presence.presence",
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
section("Database")
DATABASE_URL = text("DATABASE_URL", "", "A PostgreSQL ≥ 15 of yours; without it the embedded one of the data folder.")
DATABASE_URL = DATABASE_URL or "postgresql://nakadachi_app@/nakadachi"
described("DATABASE_OWNER_URL", "`DATABASE_URL`", "The login that migrates. `DATABASE_URL` then needs no right to.")
described("NAKADACHI_SET_ROLE", "", "The lesser role that a single login steps down to; the launcher sets it.")
described("NAKADACHI_PG_BIN", "that of the wheel", "Folder with PostgreSQL's programs for the embedded server.")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
_options = DATABASES["default"].setdefault("OPTIONS", {})
_options["options"] = " ".join(filter(None, [_options.get("options"), CONNECTION_OPTIONS]))
if role := os.environ.get("NAKADACHI_SET_ROLE"):
    _options["options"] += f" -c role={role}"
if pool_max := number("NAKADACHI_POOL_MAX", 0, "Connections kept open by each process; the launcher sets it."):
    _options["pool"] = {"min_size": 1, "max_size": pool_max, "timeout": 10}

AUTH_USER_MODEL = "people.Member"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the e-mail is unique in lower case, by an index Django does not recognise
AUTHENTICATION_BACKENDS = ["nakadachi.people.backend.MemberBackend"]
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
    "add_email": "nakadachi.people.account_forms.NewAddressForm",
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
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/5m/ip,5/5m/key",
    "reset_password": "10/5m/ip,5/5m/key",
    "reauthenticate": "10/5m/user",
    "manage_email": "10/5m/user",
    "change_password": "10/5m/user",
    "inquiry": "10/h/ip",
}

section("Pages and files")
PAGES_KEPT_SECONDS = number(
    "PAGES_KEPT_SECONDS", 5, "How long a public page may be handed out from memory to visitors; 0 draws each anew."
)

ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
MFA_ADAPTER = "nakadachi.people.access.mfa.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Nobody logs in before the address is confirmed; without this, members with a second factor could not change theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "nakadachi.people.access.forms.LoginCodeForm",
    "reauthenticate": "nakadachi.people.access.forms.ConfirmCodeForm",
    "activate_totp": "nakadachi.people.access.forms.AddAppForm",
    "add_webauthn": "nakadachi.people.access.forms.AddPasskeyForm",
    "edit_webauthn": "nakadachi.people.access.forms.RenamePasskeyForm",
    "login_webauthn": "nakadachi.people.access.forms.LoginPasskeyForm",
    "reauthenticate_webauthn": "nakadachi.people.access.forms.ConfirmPasskeyForm",
}

# The counters of rate limits live here: so many that nobody can push another's out by making new ones.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
SESSION_ENGINE = "nakadachi.people.access.store"
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
FILE_BYTES_MAX = number("FILE_MB_MAX", 100, "Largest file in MB.") * 1024**2
FILES_FORM_BYTES_MAX = FILE_BYTES_MAX  # all files of one form that is sent without our script
FILES_PER_OBJECT_MAX = number("FILES_MAX", 50, "Files of one delivery, posting or proposal.")
FILES_MEMBER_BYTES_MAX = number("FILES_MEMBER_MB_MAX", 2048, "All files of one member in MB; 0: no end.") * 1024**2
FILE_SCANNER = text(
    "FILE_SCANNER", "", "A command that reads a file from stdin and ends with 0 (clean) or 1 (infected)."
)

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
described(
    "UPLOAD_ROOT", "`uploads/` of the data folder", "Unfinished uploads; shared when several machines serve pages."
)
UPLOAD_ROOT = Path(os.environ.get("UPLOAD_ROOT") or DATA / "uploads")
STORAGES = {
    "default": {"BACKEND": "nakadachi.infra.files.folder.Folder"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Files in a private S3-compatible bucket instead of the folder; members fetch them by addresses that live a minute.
_s3 = {
    "bucket_name": text("FILES_S3_BUCKET", "", "A private S3-compatible bucket for files instead of the folder."),
    "endpoint_url": text("FILES_S3_ENDPOINT", "", "Its address, when it is not AWS.") or None,
    "region_name": text("FILES_S3_REGION", "", "Its region.") or None,
    "access_key": text("FILES_S3_KEY", "", "The key that may read and write there.") or None,
    "secret_key": text("FILES_S3_SECRET", "", "The secret of that key.") or None,
    "addressing_style": text("FILES_S3_ADDRESSING", "auto", "`path` or `virtual`, when the store wants one of them."),
}
FILES_S3_BUCKET = _s3["bucket_name"]
if FILES_S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            **_s3,
            "signature_version": "s3v4",
            "default_acl": "private",
            "querystring_auth": True,
            "querystring_expire": 60,
            "file_overwrite": False,
            "max_memory_size": 1024**2,
        },
    }

section("Mail")
DEFAULT_FROM_EMAIL = text("MAIL_FROM", "仲立ち <no-reply@nakadachi.invalid>", "The sender of every mail.")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = text("SMTP_HOST", "", "Your mail server; without it mails are files in the data folder.")
EMAIL_PORT = number("SMTP_PORT", 587, "Its port.")
EMAIL_HOST_USER = text("SMTP_USER", "", "Login, if it wants one.")
EMAIL_HOST_PASSWORD = text("SMTP_PASSWORD", "", "Password of that login.")
EMAIL_USE_TLS = flag("SMTP_TLS", True, "STARTTLS.")
EMAIL_TIMEOUT = 10
if not EMAIL_HOST:
    EMAIL_BACKEND = "nakadachi.infra.mail.mailbox.FileMailbox"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "background"
PROCRASTINATE_ON_APP_READY = "nakadachi.infra.queue.on_app_ready"

section("Watching")
described(
    "NAKADACHI_CRASH_POINTS", "", "For tests only, refused with `https://`: a folder that says where to stand still."
)
if SECURE and os.environ.get("NAKADACHI_CRASH_POINTS"):
    raise BadVariable("NAKADACHI_CRASH_POINTS is for tests; a market under https:// does not start with it.")
METRICS_TOKEN = text(
    "METRICS_TOKEN", "", "`/metrics` answers to `Authorization: Bearer` and this; without it there is none."
)
LOG_FORMAT = text("LOG_FORMAT", "plain", "`json` for one JSON object a line.")
LOG_LEVEL = text("LOG_LEVEL", "WARNING", "`INFO` tells every request and job, by route and without anybody's data.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "nakadachi.infra.logs.PlainLines",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "nakadachi.infra.logs.JsonLines"},
    },
    "filters": {"without_contents": {"()": "nakadachi.infra.logs.WithoutContents"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if LOG_FORMAT == "json" else "plain",
            "filters": ["without_contents"],
        },
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "nakadachi": {"level": LOG_LEVEL.upper()},
        "procrastinate": {"level": LOG_LEVEL.upper()},
        "django.request": {"level": "ERROR"},
        # Strangers trying other host names are answered 400 and are no news.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
