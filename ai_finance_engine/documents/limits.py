"""What one document may cost: a hostile or huge file ends with a message, never with a hang."""

MAX_BYTES = 40 * 1024 * 1024
MAX_PAGES = 60  # a bill with more pages is not read, only kept
READ_PAGES = 12  # pages whose words are read: the first ones and the last
MAX_OCR_PAGES = 6
MAX_WORDS = 20_000
MAX_CHARS_A_PAGE = 60_000
MAX_PIXELS = 60_000_000  # of an uploaded picture; checked before it is decoded
RENDER_PIXELS = 9_000_000  # of a page that is rendered for OCR
OCR_SECONDS = 20  # one pass over one page
TOTAL_SECONDS = 90  # one document
MAX_XML_BYTES = 20 * 1024 * 1024


class UnreadableDocument(Exception):
    """A file that is not read; ``code`` names why and ``args`` hold the details."""

    def __init__(self, code: str, detail: str = ""):
        super().__init__(detail)
        self.code = code
        self.detail = detail
