import threading

from odoo.http import Controller, request, route
from odoo.tools.lru import LRU

from odoo.addons.ai_finance_engine.documents.limits import MAX_BYTES, UnreadableDocument

from ..engine import bill_pages

DAY = 24 * 3600
#: What was read of pages lately, by checksum of the file and page: a scan takes seconds to read.
_views = LRU(24)
#: One page is read at a time in a process, so that many windows do not read the same scan.
_reading = threading.Lock()


class BillPage(Controller):
    """The pages of a bill's file, to be looked at and clicked on beside the form."""

    @route(
        "/ai_bookkeeping/bill/<int:move_id>/<string:checksum>/page/<int:number>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def page(self, move_id, checksum, number, width=900):
        """Return a page as a picture (PNG), at one of a few widths."""
        file = self._file(move_id, checksum)
        if not file:
            return request.not_found()
        try:
            width = min(max(int(width), bill_pages.WIDTHS[0]), bill_pages.WIDTHS[-1])
        except ValueError:
            width = 900
        tag = f"{checksum}-{number}-{width}"
        if request.httprequest.if_none_match.contains(tag):
            return self._kept(request.make_response("", status=304), tag)
        try:
            content = file.raw
            drawn = bill_pages.picture(content, number, width, self._view(file, content, number))
        except UnreadableDocument:
            return request.not_found()
        return self._kept(request.make_response(drawn, [("Content-Type", "image/png")]), tag)

    @route(
        "/ai_bookkeeping/bill/<int:move_id>/<string:checksum>/words/<int:number>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def words(self, move_id, checksum, number):
        """Return the words of a page as ``[text, left, top, right, bottom, line]`` in shares.

        Where the file cannot be read, a sentence that says why instead.
        """
        file = self._file(move_id, checksum)
        if not file:
            return request.not_found()
        try:
            seen = self._view(file, file.raw, number)
        except UnreadableDocument as error:
            return request.make_json_response({"error": self._sentence(error.code)})
        answer = request.make_json_response(
            {
                "pages": seen.pages,
                "width": seen.width,
                "height": seen.height,
                "words": seen.words,
            }
        )
        return self._kept(answer, f"{checksum}-{number}-words")

    def _file(self, move_id, checksum):
        """Return the file of a bill that the user may read, None for every other reason alike."""
        move = request.env["account.move"].browse(move_id).exists()
        companies = request.env.user._get_company_ids()
        # The form asks without the choice of companies; which the user may see at all decides.
        move = move.with_context(allowed_company_ids=companies)._filtered_access("read")
        file = move.ai_bill_file_id._filtered_access("read")
        if not file or file.checksum != checksum or file.file_size > MAX_BYTES:
            return None
        return file

    def _view(self, file, content, number):
        key = (file.checksum, number)
        if key not in _views:
            with _reading:
                if key not in _views:
                    try:
                        _views[key] = bill_pages.view(content, number)
                    except UnreadableDocument as error:
                        _views[key] = error
        found = _views[key]
        if isinstance(found, UnreadableDocument):
            raise found
        return found

    def _kept(self, response, tag):
        """Let the browser alone keep it: the address holds the checksum of the file."""
        response.headers["Cache-Control"] = f"private, max-age={DAY}, immutable"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.set_etag(tag)
        return response

    def _sentence(self, code):
        env = request.env
        sentences = {
            "encrypted": env._("The file is protected by a password, so its pages are not shown."),
            "too_many_pages": env._("The file has too many pages to be shown here."),
            "too_many_pixels": env._("The picture is too large to be shown here."),
            "too_large": env._("The file is too large to be shown here."),
            "empty": env._("The file is empty."),
            "unknown_kind": env._("This kind of file has no pages to show."),
            "no_such_page": env._("The file has no such page."),
            "ocr_missing": env._("The file is a scan, and text recognition is not installed."),
            "ocr_failed": env._("The text recognition gave up on this scan."),
        }
        return sentences.get(code) or env._("The file is damaged or not what its name says.")
