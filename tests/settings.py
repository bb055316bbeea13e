"""The site's settings, with an environment of the tests' own. Only DATABASE_URL comes from outside."""

import os

FROM_OUTSIDE = "DEBUG PUBLIC_URL SITE_NAME CACHE_URL TIME_ZONE LANGUAGE_CODE ALLOWED_HOSTS SECRET_KEY_FILE"
for name in [*FROM_OUTSIDE.split(), "TRUSTED_PROXIES"]:
    os.environ.pop(name, None)
for name in ("OUTGOING_PRIVATE_NETWORKS", "EMAIL_URL", "EMAIL_URL_FILE", "MAIL_FROM"):
    os.environ.pop(name, None)
os.environ["SECRET_KEY"] = "only-for-tests"
os.environ["ANONYMOUS_RATE"] = "0"  # the suite asks more often from one address than any reader
os.environ["ALLOWED_HOSTS"] = "testserver,127.0.0.1"
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")

from factcheck.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# What one test had published would answer the next, whose record starts at the same head. Tests of the cache set it.
CACHES = {name: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"} for name in ("default", "queries")}
# Nothing is collected, and whitenoise warns of a folder that is not there.
STATIC_ROOT = None  # type: ignore[assignment]
