"""The signature of a webhook: HMAC-SHA256 over the time and the body, as Stripe does it."""

from __future__ import annotations

import hashlib
import hmac

HEADER = "X-Tocsin-Signature"


def signature(secret: str, body: bytes, timestamp: int) -> str:
    """Return the value of the header. `timestamp` in seconds since 1970; it is signed with the body."""
    signed = f"{timestamp}.".encode() + body
    return f"t={timestamp},v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"
