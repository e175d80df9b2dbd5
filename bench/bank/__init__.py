"""Bank matching measured: lines with known truth, accuracy, speed, calibration."""

from scripts import bare_addons

bare_addons.install()
