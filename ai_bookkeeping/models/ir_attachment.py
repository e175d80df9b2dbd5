import logging

from odoo import models
from odoo.tools.image import Image

_logger = logging.getLogger(__name__)


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _postprocess_contents(self, values):
        """Keep a picture that claims to be enormous as it is, unopened.

        Core would refuse the file, and with it the mail or upload that it came by.
        """
        try:
            return super()._postprocess_contents(values)
        except Image.DecompressionBombError:
            _logger.info("Picture %s is too large to be opened; kept as it is", values.get("name"))
            return values
