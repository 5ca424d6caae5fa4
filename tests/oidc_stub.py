import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "portal", "known to the stub alone"


class Stub:
    """A provider of identities on this machine, with keys of its own, that lies when told to."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signs_with = self.key
        self.claims = {"sub": "helen-1", "email": "head@school.example"}
        self.lies = {}
        self.issuer_said = None
        self.codes, self.asked = {}, []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def settings(self, **facts):
        return {
            "id": "dfe",
            "name": "DfE Sign-in",
            "server": self.url,
            "client_id": CLIENT,
            "secret": SECRET,
            "tenants": [],
            **facts,
        }

    def configuration(self):
        return {
            "issuer": self.issuer_said or self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self):
        jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**jwk, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def authorize(self, query):
        """Whoever comes is signed in already, and is sent back."""
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        self.asked.append(asked)
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, body):
        posted = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self.codes.pop(posted.get("code"), None)
        hashed = hashlib.sha256(posted.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        knows = posted.get("client_id") == CLIENT and posted.get("client_secret") == SECRET
        if asked is None or not knows or challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        told = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims = {**told, "nonce": asked["nonce"], **self.claims, **self.lies}
        claims = {name: value for name, value in claims.items() if value is not None}
        signed = jwt.encode(claims, self.signs_with, "RS256", headers={"kid": "one"})
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": signed}

    def handler(stub):  # noqa: N805 - the handler's own self stands inside
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                where = urlsplit(self.path)
                if where.path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", stub.authorize(where.query))
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                elif where.path == "/keys":
                    self.say(200, stub.keys())
                else:
                    self.say(200, stub.configuration())

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.say(*stub.token(body))

            def say(self, status, what):
                body = json.dumps(what).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args):
                """Say nothing."""

        return Handler
