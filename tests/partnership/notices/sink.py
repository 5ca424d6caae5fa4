import email
import email.policy
import socket
import threading
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Sink:
    def __init__(self):
        self.mails = []
        self.recipients = []
        self.moments = []
        self.transports = []
        self.connections = 0
        self.answers = {}
        self.data_answers = {}
        self.controller = None
        self.port = 0
        self._lock = threading.Lock()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 aiosmtpd's name
        self.connections += 1
        self.transports.append(server.transport)
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802 aiosmtpd's name
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 aiosmtpd's name
        (address,) = envelope.rcpt_tos
        if answer := self.data_answers.get(address):
            return answer
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        with self._lock:
            self.mails.append(mail)
            self.recipients.append(address)
            self.moments.append(time.monotonic())
        return "250 OK"

    def start(self):
        self.port = self.port or free_port()
        self.controller = _Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        if self.controller is not None:
            for transport in self.transports:
                self.controller.loop.call_soon_threadsafe(transport.abort)
            self.transports.clear()
            self.controller.stop()
            self.controller = None


class _Controller(Controller):
    def factory(self):
        return SMTP(self.handler, enable_SMTPUTF8=True, hostname="sink")


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
