"""Unit tests run without Odoo: only the addons' plain Python is importable."""

from scripts import bare_addons

bare_addons.install()
