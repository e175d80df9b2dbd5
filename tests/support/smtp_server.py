"""A mail server on loopback that speaks SMTP: keeps what it gets, and can be told to misbehave."""

import socketserver
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy


@dataclass
class Mail:
    """One mail as it came over the wire.

    :param sender: address of MAIL FROM
    :param recipients: addresses of RCPT TO
    :param message: the parsed message
    """

    sender: str
    recipients: list[str]
    message: object

    @property
    def subject(self):
        return str(self.message["Subject"])

    @property
    def html(self):
        return self.message.get_body(("html",)).get_content()

    @property
    def files(self):
        """``{file name: bytes}`` of the attachments."""
        parts = self.message.iter_attachments()
        return {part.get_filename(): part.get_payload(decode=True) for part in parts}


@dataclass
class Behaviour:
    """What the server does: refuse recipients, or take a mail and never say so.

    :param refused: addresses that are refused at RCPT TO
    :param silent: after the mail was taken, say nothing until ``go_on`` is set
    """

    refused: set = field(default_factory=set)
    silent: bool = False
    go_on: threading.Event = field(default_factory=threading.Event)


class SmtpServer:
    """``with SmtpServer() as server:`` listens on ``server.port``, fills ``server.mails``."""

    def __init__(self):
        self.mails = []
        self.behaviour = Behaviour()
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Conversation)
        self._server.daemon_threads = True
        self._server.mail_server = self

    @property
    def port(self):
        return self._server.server_address[1]

    def to(self, address):
        """Return the mails that came for ``address``."""
        return [mail for mail in self.mails if address in mail.recipients]

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exc_info):
        self.behaviour.go_on.set()
        self._server.shutdown()
        self._server.server_close()


class _Conversation(socketserver.StreamRequestHandler):
    """One connection; one line in, one answer out."""

    def handle(self):
        self._begin()
        self._say("220 loopback ready")
        while line := self.rfile.readline():
            verb = line[:4].strip().upper().decode("ascii", "replace")
            answer = getattr(self, f"_on_{verb.lower()}", self._on_other)
            if answer(line.decode("utf-8", "replace").strip()) is False:
                return

    def _begin(self):
        self.sender, self.recipients = "", []

    def _say(self, text):
        self.wfile.write(text.encode() + b"\r\n")
        self.wfile.flush()

    def _address(self, line):
        return line.partition("<")[2].partition(">")[0]

    def _on_ehlo(self, _line):
        self._say("250-loopback")
        self._say("250-8BITMIME")
        self._say("250 SMTPUTF8")

    def _on_other(self, _line):
        self._say("250 ok")

    def _on_mail(self, line):
        self._begin()
        self.sender = self._address(line)
        self._say("250 ok")

    def _on_rcpt(self, line):
        address = self._address(line)
        if address in self.server.mail_server.behaviour.refused:
            self._say("550 no such user here")
            return
        self.recipients.append(address)
        self._say("250 ok")

    def _on_data(self, _line):
        if not self.recipients:
            self._say("503 no recipient")
            return
        self._say("354 go ahead")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        server = self.server.mail_server
        server.mails.append(Mail(self.sender, self.recipients, message))
        if server.behaviour.silent:
            server.behaviour.go_on.wait(300)
        self._say("250 taken")

    def _on_quit(self, _line):
        self._say("221 bye")
        return False
