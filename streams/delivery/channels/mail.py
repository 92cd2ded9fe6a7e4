"""E-mail: one message a post; changes to an alert go into the thread of the first."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING

import aiosmtplib

from streams.delivery.channels.post import Accepted, Answer, Refused, Unavailable
from streams.delivery.channels.wording import cut, text, title

if TYPE_CHECKING:
    from streams.delivery.channels.post import Post
    from streams.delivery.channels.secrets import Hidden
    from streams.delivery.policy.receivers import Email

MOST_SUBJECT = 200
OK = 250


class MailChannel:
    """A server that takes mail for the receiver. Each message has a connection of its own."""

    def __init__(self, receiver: Email, password: str | None, hidden: Hidden) -> None:
        self._receiver, self._password, self._hidden = receiver, password, hidden

    async def send(self, post: Post) -> Answer:
        """Send it, and return the answer."""
        receiver = self._receiver
        limit = receiver.timeout.total_seconds()
        try:
            async with asyncio.timeout(limit):
                await aiosmtplib.send(
                    self.message(post),
                    hostname=receiver.host,
                    port=receiver.port,
                    use_tls=receiver.tls == "tls",
                    start_tls=receiver.tls == "starttls",
                    username=receiver.user,
                    password=self._password,
                    timeout=limit,
                )
        except TimeoutError:
            return Unavailable(f"no answer within {limit:g} s")
        except aiosmtplib.SMTPRecipientsRefused as error:
            codes = [one.code for one in error.recipients]
            return self._judged(max(codes, default=0), "no recipient is taken", min(codes, default=0))
        except aiosmtplib.SMTPResponseException as error:
            return self._judged(error.code, error.message, error.code)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            return Unavailable(self._hidden.out_of(f"{type(error).__name__}: {error}"))
        return Accepted(OK)

    def _judged(self, code: int, said: str, lowest: int) -> Answer:
        """Return what an SMTP code says: what begins with 5 is for good, save for a login that may be mended."""
        words = self._hidden.out_of(f"SMTP {code}: {cut(' '.join(said.split()), 200)}")
        if lowest >= _FOR_GOOD and code not in {_AUTH_REQUIRED, _AUTH_FAILED}:
            return Refused(code, words)
        return Unavailable(words, code or None)

    def message(self, post: Post) -> EmailMessage:
        """Return the message; its id is the delivery's, so that a repeat can be known as one."""
        receiver = self._receiver
        message = EmailMessage()
        message["Message-ID"] = self._id(post.key)
        message["Date"] = format_datetime(post.now)
        message["From"] = receiver.sender
        message["To"] = ", ".join(receiver.to)
        message["Subject"] = cut(title(post), MOST_SUBJECT)
        message["Auto-Submitted"] = "auto-generated"
        if post.is_reply and post.first:
            message["In-Reply-To"] = self._id(post.first)
            message["References"] = self._id(post.first)
        message.set_content(text(post))
        return message

    def _id(self, delivery: str) -> str:
        return f"<{delivery}@{self._receiver.sender.partition('@')[2]}>"

    async def close(self) -> None:
        """Nothing stays open."""


_FOR_GOOD, _AUTH_REQUIRED, _AUTH_FAILED = 550, 530, 535
