import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Telephone:
    """Answers what a browser would ask of a device that holds a passkey."""

    def __init__(self, origin="http://localhost", is_verified=True):
        self.origin = origin
        self.flags = PRESENT | (VERIFIED if is_verified else 0)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = secrets.token_bytes(16)
        self.uses = 0

    def makes(self, options):
        wish = options["publicKey"]
        self.site, self.owner = wish["rp"]["id"], wish["user"]["id"]
        public = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        size = len(self.credential_id).to_bytes(2, "big")
        facts = bytes(16) + size + self.credential_id + public
        attestation = {
            "fmt": "none",
            "attStmt": {},
            "authData": self.facts(self.flags | ATTESTED) + facts,
        }
        return self.answer(
            clientDataJSON=self.said("webauthn.create", wish["challenge"]),
            attestationObject=cbor.encode(attestation),
        )

    def signs(self, options):
        said = self.said("webauthn.get", options["publicKey"]["challenge"])
        self.uses += 1
        facts = self.facts(self.flags)
        signed = facts + hashlib.sha256(said).digest()
        return self.answer(
            clientDataJSON=said,
            authenticatorData=facts,
            signature=self.key.sign(signed, ec.ECDSA(hashes.SHA256())),
            userHandle=websafe_decode(self.owner),
        )

    def facts(self, flags):
        site = hashlib.sha256(self.site.encode()).digest()
        return site + bytes([flags]) + self.uses.to_bytes(4, "big")

    def said(self, kind, challenge):
        said = {"type": kind, "challenge": challenge, "origin": self.origin}
        return json.dumps(said).encode()

    def answer(self, **response):
        return json.dumps(
            {
                "id": websafe_encode(self.credential_id),
                "rawId": websafe_encode(self.credential_id),
                "type": "public-key",
                "clientExtensionResults": {"credProps": {"rk": True}},
                "response": {name: websafe_encode(value) for name, value in response.items()},
            }
        )
