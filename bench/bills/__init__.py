"""Reading of bills measured: made-up layouts with known truth, public files where present."""

from scripts import bare_addons

bare_addons.install()
