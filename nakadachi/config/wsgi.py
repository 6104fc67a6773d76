"""The WSGI application that granian serves."""

import os

from nakadachi.infra.cluster.process import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nakadachi.config.settings")

if os.environ.get("NAKADACHI_SUPERVISED"):
    die_with_parent()

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
