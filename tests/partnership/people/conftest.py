import pytest
from django.contrib.auth.hashers import MD5PasswordHasher


@pytest.fixture
def hashings(monkeypatch):
    """Counts how often a password was hashed since it was asked last."""
    hashed = []
    encode = MD5PasswordHasher.encode

    def counting(self, password, salt):
        hashed.append(salt)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)

    def since_last_time():
        count = len(hashed)
        hashed.clear()
        return count

    return since_last_time
