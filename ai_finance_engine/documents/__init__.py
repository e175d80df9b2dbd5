"""Pages of documents as words with positions: from a PDF's own text or read by OCR."""
