"""Settings of the site, all from the environment; docs/operations.md explains each variable."""

from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF

from cop.environment import env, flag, redis_addresses, required, secret_key, site_url, whole
from cop.schedule import BEAT_SCHEDULE

django_stubs_ext.monkeypatch()  # lets admin and form classes name their model in brackets

BASE_DIR = Path(__file__).resolve().parent.parent

# What kind of installation this is
DEBUG = flag("DEBUG", default=False)
DEMO = flag("DEMO", default=False)
DEMO_MAILBOX = env.str("DEMO_MAILBOX", default="")
SITE_URL = site_url()
HTTPS = SITE_URL.startswith("https://")
SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = required("ALLOWED_HOSTS", env.list)
ADMIN_REQUIRES_MFA = flag("ADMIN_REQUIRES_MFA", default=not DEMO)

# Applications, in the order of docs/architecture.md, lowest first
INSTALLED_APPS = [
    "members.apps.MembersConfig",  # first: its templates for the admin and for sign-in win
    "django.contrib.admin",
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
    "allauth.socialaccount",
    "allauth.socialaccount.providers.github",
    "allauth.socialaccount.providers.discord",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "taggit",
    "crispy_forms",
    "crispy_bootstrap5",
    "bootstrap",
    "django_htmx",
    "cop.site.apps.SiteConfig",
    "communities.apps.CommunitiesConfig",
    "editorial.apps.EditorialConfig",
    "modules.apps.ModulesConfig",
    "labs.apps.LabsConfig",
    "events.apps.EventsConfig",
    "governance.apps.GovernanceConfig",
    "newsletters.apps.NewslettersConfig",
    "cop.home.apps.HomeConfig",
]

MIDDLEWARE = [
    "cop.lib.middleware.refuse_odd_methods",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "cop.lib.middleware.refuse_nul",
    "cop.lib.middleware.keep_private_pages_out_of_caches",
    "django_htmx.middleware.HtmxMiddleware",
    "members.middleware.use_viewers_time_zone",
]

ROOT_URLCONF = "cop.urls"
WSGI_APPLICATION = "cop.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["cop.lib.tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cop.site.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Data
DATABASES = {"default": required("DATABASE_URL", env.db)}
DATABASES["default"] |= {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
BROKER_ADDRESS, CACHE_ADDRESS = redis_addresses()
CACHES = {"default": {"BACKEND": "cop.lib.cache.ForgivingRedisCache", "LOCATION": CACHE_ADDRESS}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Background work
CELERY_BROKER_URL = BROKER_ADDRESS
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5, "max_retries": 1}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE
CELERY_TIMEZONE = "UTC"

# Mail
_mail = required("EMAIL_URL", env.email)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"] or "", _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="community@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Newsletters
NEWSLETTER_NEEDS_TWO = flag("NEWSLETTER_NEEDS_TWO", default=False)  # who approves an issue is not its author
NEWSLETTER_WORKERS = whole("NEWSLETTER_WORKERS", default=2)  # at once; leave room for other mail

# People
AUTH_USER_MODEL = "members.Member"
# The address is unique in any case, by a constraint over lower(email) that this check does not read.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["members.backends.MemberBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "members.passwords.LengthValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "handle", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/dashboard/"
ACCOUNT_ADAPTER = "members.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "members.forms.joining.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {"signup": "30/m/ip", "login_failed": "20/m/ip,5/5m/key"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = env.str("MFA_ISSUER", default="CoP-AI")
SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_ADAPTER = "members.adapters.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = {
    provider: {"APPS": [{"client_id": env.str(f"{prefix}_CLIENT_ID"), "secret": env.str(f"{prefix}_SECRET")} | more]}
    for provider, prefix, more in [
        ("github", "GITHUB", {}),
        ("discord", "DISCORD", {}),
        (
            "openid_connect",
            "LINKEDIN",
            {
                "provider_id": "linkedin",
                "name": "LinkedIn",
                "settings": {"server_url": "https://www.linkedin.com/oauth"},
            },
        ),
    ]
    if env.str(f"{prefix}_CLIENT_ID", default="") and env.str(f"{prefix}_SECRET", default="")
}

# Security
# The log-in form leads on to the social site that was chosen; the policy must let it.
SOCIAL_SITES = {
    "github": "https://github.com",
    "discord": "https://discord.com",
    "openid_connect": "https://www.linkedin.com",
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *(SOCIAL_SITES[provider] for provider in SOCIALACCOUNT_PROVIDERS)],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "cop.home.views.errors.refused_form"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("BEHIND_PROXY", default=False) else 0

# Files
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEMO or DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 60  # of files without a fingerprint; the others are kept for ever
_static = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static if DEMO or DEBUG else "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Words and times
LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("COMMUNITY_TIME_ZONE", default="Europe/Amsterdam")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
