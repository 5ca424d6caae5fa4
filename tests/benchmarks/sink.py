"""A mail server that takes everything and keeps nothing: `python -m tests.benchmarks.sink PORT`.

It speaks as much SMTP as smtplib needs, as fast as it can, and answers VRFY by how many mails came
and under how many Message-IDs.
"""

import asyncio
import re
import sys

MESSAGE_ID = re.compile(rb"^Message-ID: (.+)\r$", re.MULTILINE)
END = b"\r\n.\r\n"
GREETING = b"220 sink ESMTP\r\n"
HELLO = b"250-sink\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n"
ANSWERS = {
    b"EHLO": HELLO,
    b"HELO": b"250 sink\r\n",
    b"MAIL": b"250 OK\r\n",
    b"RCPT": b"250 OK\r\n",
    b"RSET": b"250 OK\r\n",
    b"NOOP": b"250 OK\r\n",
    b"DATA": b"354 Go ahead\r\n",
    b"QUIT": b"221 Bye\r\n",
}


class Sink(asyncio.Protocol):
    came = 0
    names = set()

    def connection_made(self, transport):
        self.transport = transport
        self.waiting = b""
        self.is_mail = False
        transport.write(GREETING)

    def data_received(self, data):
        self.waiting += data
        while (found := self._next()) is not None:
            self.transport.write(found)

    def _next(self):
        head, end, rest = self.waiting.partition(END if self.is_mail else b"\r\n")
        if not end:
            return None
        self.waiting = rest
        if self.is_mail:
            self.is_mail = False
            Sink.came += 1
            Sink.names.add(MESSAGE_ID.search(head)[1])
            return b"250 OK\r\n"
        verb = head[:4].upper()
        self.is_mail = verb == b"DATA"
        if verb == b"VRFY":
            return f"252 {Sink.came} {len(Sink.names)}\r\n".encode()
        return ANSWERS.get(verb, b"502 No\r\n")


async def serve(port):
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
