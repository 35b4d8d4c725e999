"""What every installation of Tillit shares."""

from pathlib import Path
from typing import Any

BASE_DIR = Path(__file__).resolve().parent.parent.parent

INSTALLED_APPS = [
    # the wings, from the top down
    "courses",
    "assessments",
    "certificates",
    "media",
    # the organisation and its people
    "lms.competences",
    "lms.register",
    "lms.joining",
    "lms.merging",
    "lms.reorganisation",
    "lms.directory",
    "lms.organisation",
    "lms.notifications",
    "lms.jobs",
    "lms.archive",
    "lms.pages",
    "lms.members",
    "lms.audit",
    "lms.privacy",
    # foreign houses
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "polymorphic",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lms.pages.middleware.SafeHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lms.pages.middleware.ChosenLanguage",
    "lms.organisation.middleware.RightsReadOnce",
    "lms.organisation.middleware.SecondFactor",
    "lms.organisation.middleware.EditorsOnly",
    "allauth.account.middleware.AccountMiddleware",
    "lms.members.middleware.StrangersSignIn",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.pages.shell.shell",
            ],
            "builtins": ["lms.pages.templatetags.tillit", "django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

# ---- people and sign-in -------------------------------------------------------
AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["lms.members.backends.Backend"]
PASSWORD_HASHERS = ["lms.members.hashers.TunedArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "lms.members.adapter.Adapter"
# Two who share an e-mail cannot both sign in with it: whoever has none of their own writes the member number.
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "member_number"
ACCOUNT_USER_DISPLAY = "builtins.str"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# Nobody is told by mail that they are *not* known: the answer on screen is the same for all.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Whoever holds the link in the mailbox is let in when the new password is set; a second factor is asked for first.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_FORMS = {"login": "lms.members.signing_in.SignInForm", "reset_password": "lms.members.forms.ResetForm"}
# Limits of every door, per network and per account. A course room is one network, so that may sign in
# at once; one account is guessed at most twenty times an hour, in steps that grow. Nobody is locked out:
# a device that has signed in before has tries of its own, passkeys and the link by mail have none to use up.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "60/m/ip,5/1m/key,10/10m/key,20/1h/key",
    "reauthenticate": "5/1m/user,20/1h/user",
    "reset_password": "20/m/ip,5/1h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/1m/user,20/1h/user",
    "manage_email": "10/m/user",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
"""How long a sign-in, or a confirmation that it is you, is fresh enough for an act that cannot be taken back."""

# ---- the second factor ----------------------------------------------------------
TILLIT_REQUIRE_SECOND_FACTOR = True
MFA_ADAPTER = "lms.members.factors.Adapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody makes an account in another's name here; an address counts once confirmed
MFA_TOTP_ISSUER = "Tillit"
MFA_TOTP_PERIOD = 30
MFA_TOTP_TOLERANCE = 1  # a code is taken once, however long it lives: see CodeForm
MFA_FORMS = {
    "add_webauthn": "lms.members.forms.PasskeyForm",
    "edit_webauthn": "lms.members.forms.RenameForm",
    "activate_totp": "lms.members.forms.ActivateAppForm",
    "authenticate": "lms.members.forms.CodeForm",
    "reauthenticate": "lms.members.forms.ConfirmByCodeForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}

# ---- signing in with the organisation's own account: OpenID Connect ---------------
SOCIALACCOUNT_ADAPTER = "lms.members.single.Adapter"
SOCIALACCOUNT_STORE_TOKENS = False
# A form that leads to another host is stopped by our own content policy, so the button is a link.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_QUERY_EMAIL = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
TILLIT_OIDC_NAME = TILLIT_OIDC_MEMBER_NUMBER_CLAIM = ""

# ---- provisioning: SCIM ------------------------------------------------------------
TILLIT_SCIM_TOKEN_HASH = ""  # sha256 of the token, in hex; empty: the door does not exist
SCIM_SERVICE_PROVIDER = {
    "USER_ADAPTER": "lms.provisioning.resource.MemberResource",
    "SERVICE_PROVIDER_CONFIG_MODEL": "lms.provisioning.views.Config",
    "AUTH_CHECK_MIDDLEWARE": "lms.provisioning.doors.TokenOnly",
    "BASE_LOCATION_GETTER": "lms.provisioning.doors.where",
    "AUTHENTICATION_SCHEMES": [
        {"type": "oauthbearertoken", "name": "Bearer token", "description": "One token, set by the installation"}
    ],
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "lms.pages.views.csrf_failure"

# ---- languages ------------------------------------------------------------------
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "lms" / "locale"]
LANGUAGE_COOKIE_NAME = "tillit_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

# ---- files ----------------------------------------------------------------------
STATIC_URL = "/static/"
MEDIA_URL = "/filer/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# ---- the CMS --------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Tillit"
WAGTAILADMIN_BASE_URL = "http://localhost:8000"
WAGTAILIMAGES_IMAGE_MODEL = "pages.Image"
WAGTAILDOCS_DOCUMENT_MODEL = "pages.Document"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILMEDIA = {
    "MEDIA_MODEL": "media.Recording",
    "MEDIA_FORM_BASE": "media.recordings.forms.RecordingForm",
    # What a file is, its bytes say; its name is not asked.
    "AUDIO_EXTENSIONS": [],
    "VIDEO_EXTENSIONS": [],
}
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": True}}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

# ---- Tillit ---------------------------------------------------------------------
TILLIT_DEMO = False
TILLIT_BASE_URL = "http://localhost:8000"
# Days things are kept, by retention rule, where they differ from the rule's own.
TILLIT_KEEP_DAYS: dict[str, int] = {}
# Where the ids of the erased are kept beside the database, so that a restored backup cannot bring them back.
TILLIT_ERASED_FILE = ""
TILLIT_ARCHIVE: str | Path = BASE_DIR / "var" / "archive"  # the folder of the long memory
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The header is set by SafeHeaders, which knows the editor's preview from the rest.
SILENCED_SYSTEM_CHECKS = ["security.W002"]

# ---- recordings -------------------------------------------------------------------
TILLIT_FFMPEG = ""  # a program of one's own; else the one in the media extra
TILLIT_SENDFILE = ""  # nginx: the internal address of the uploads, so that the proxy sends the bytes

# ---- jobs: rows are the truth, a message only says "look now" --------------------
TILLIT_JOB_LEASE_SECONDS = 60
TILLIT_JOB_RESEND_SECONDS = 10
TILLIT_JOB_SWEEP_SECONDS = 5
TILLIT_JOB_KEEP_DAYS = 90
EMAIL_TIMEOUT = 10
CELERY_TASK_DEFAULT_QUEUE = "tillit"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = CELERY_EVENT_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TIMEZONE = TIME_ZONE
