"""Settings, all from the environment (see `.env.example`). A bad value stops start-up and says how to mend it."""

import zoneinfo
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured

from factcheck import env

BASE_DIR = Path(__file__).resolve().parent.parent

# What an operator sets

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret("SECRET_KEY", "only-for-debugging" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it (or SECRET_KEY_FILE) to a long random text, such as the output of: "
        'python -c "import secrets; print(secrets.token_urlsafe(50))"'
    )
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
PUBLIC_URL = env.address("PUBLIC_URL")
SITE_NAME = env.text("SITE_NAME", "Factcheck")
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
OUTGOING_PRIVATE_NETWORKS = env.networks("OUTGOING_PRIVATE_NETWORKS")
MAILERS = {"default": env.mailer("EMAIL_URL", "console://")}
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "factcheck@localhost")
CACHES = {"default": env.cache("CACHE_URL", "locmem://"), "queries": env.small_cache("CACHE_URL")}
TIME_ZONE = env.text("TIME_ZONE", "UTC")
if TIME_ZONE not in zoneinfo.available_timezones():
    raise ImproperlyConfigured(f"TIME_ZONE is {TIME_ZONE!r}. Write the name of a zone, such as TIME_ZONE=Asia/Seoul.")

TIP_CONTACT_DAYS = env.integer("TIP_CONTACT_DAYS", 90)
if TIP_CONTACT_DAYS < 1:
    raise ImproperlyConfigured("TIP_CONTACT_DAYS is below 1. Write for how many days a sender's address is kept.")

# English first, so that it is what an unknown language falls back to. Each name is in its own language.
LANGUAGES = [("en", "English"), ("ko", "한국어"), ("ar", "العربية")]
LANGUAGE_CODE = env.text("LANGUAGE_CODE", "en")
if LANGUAGE_CODE not in dict(LANGUAGES):
    known = ", ".join(dict(LANGUAGES))
    raise ImproperlyConfigured(f"LANGUAGE_CODE is {LANGUAGE_CODE!r}. Write one of {known}, such as LANGUAGE_CODE=ko.")
ANONYMOUS_RATE = env.integer("ANONYMOUS_RATE", 300, lowest=0, highest=1_000_000)
QUERY_SECONDS = env.integer("QUERY_SECONDS", 5, lowest=1, highest=300)
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")

# What the project is made of

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "claims",
]
MIDDLEWARE = [
    "claims.middleware.response_middleware",
    "claims.api.limits.limits_middleware",
    "claims.middleware.record_head_middleware",
    "claims.middleware.TimeLimitMiddleware",
    "claims.languages.language_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "claims.admin.middleware.DeskSessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "claims.admin.middleware.DeskUsers",
    "claims.admin.middleware.DeskMessages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
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
                "claims.web.context.site",
            ]
        },
    }
]
if django.VERSION < (6, 1):  # which knows no MAILERS
    EMAIL_BACKEND = MAILERS["default"]["BACKEND"]
    _options = MAILERS["default"].get("OPTIONS", {})
    EMAIL_HOST, EMAIL_PORT = _options.get("host", ""), _options.get("port", 0)
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _options.get("username", ""), _options.get("password", "")
    EMAIL_USE_TLS, EMAIL_USE_SSL = _options.get("use_tls", False), _options.get("use_ssl", False)
    EMAIL_TIMEOUT = _options.get("timeout")
AUTH_USER_MODEL = "claims.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOCALE_PATHS = [BASE_DIR / "claims" / "locale"]
USE_I18N = True
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Security: everything that can be on without knowing the operator's proxy is on

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "claims.web.csrf.refused"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "EXCEPTION_HANDLER": "claims.api.problems.exception_handler",
    "UNAUTHENTICATED_USER": None,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
