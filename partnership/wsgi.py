"""The entry point of the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

application = get_wsgi_application()

# What is loaded by now stays: the collector need not look at it again, nor after every page.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
