# __about__
# @if policy
# __policy__
# @end
# Once, or as many times as its argument says: python __fileName__ 10

import asyncio
import json
import os
# @if drawsLots
import random
# @end
import sys
import time
# @if uuid
import uuid
# @end

import nats
# @if !gather
from nats.errors import Error, NoRespondersError
# @end

SUBJECT = __subject__
# @if timeoutS
TIMEOUT_S = __timeoutS__
# @end


def payload(n):
    """The payload of call number n."""
    # @if isBytes
    return __payload__
    # @else
    return (__payload__).encode()
    # @end


async def attempt(__parameters__):
    """One request: what became of it, and the reply or the reason."""
    # @if sends
    headers = {__headers__}
    # @end
    # @if gather
    inbox = nc.new_inbox()
    replies = await nc.subscribe(inbox)
    await nc.publish(SUBJECT, body, __options__)
    texts, errors, none = [], 0, "timed out"
    until = time.perf_counter() + __forS__
    # @if count
    while len(texts) < __count__:
    # @else
    while True:
    # @end
        wait = until - time.perf_counter()
        # @if gapS
        if texts:
            wait = min(wait, __gapS__)
        # @end
        if wait <= 0:
            break
        try:
            reply = await replies.next_msg(timeout=wait)
        except asyncio.TimeoutError:
            break
        if not reply.data and (reply.headers or {}).get("Status") == "503":
            none = "no responders"
            break
        # @if sentinel
        if not reply.data:
            break  # An empty reply says that there are no more.
        # @end
        text = reply.data.decode(errors="replace")
        texts.append(text)
        errors += is_error(reply, text)
    await replies.unsubscribe()
    kind = none if not texts else "error reply" if errors == len(texts) else "replied"
    return kind, "\n".join(texts)
    # @else
    try:
        reply = await nc.request(SUBJECT, body, __options__)
    except NoRespondersError:
        return "no responders", ""  # Nobody subscribes: the server says so at once.
    except asyncio.TimeoutError:
        return "timed out", ""  # Somebody subscribes, but did not answer in time.
    except Error as error:
        return "connection lost" if nc.is_closed or nc.is_reconnecting else f"failed ({error})", ""
    text = reply.data.decode(errors="replace")
    return "error reply" if is_error(reply, text) else "replied", text
    # @end


# @if !plain
# What is tried again, counted by a breaker, or replaced by a fallback.
FAILURES = (__failures__)


# @end
# @if breaker
breaker = {"failures": 0, "open_until": 0.0, "trying": False}


async def guarded(__parameters__):
    """An attempt, unless the breaker is open: then nothing is sent."""
    if time.perf_counter() < breaker["open_until"] or breaker["trying"]:
        return None
    tried = breaker["trying"] = breaker["open_until"] > 0
    outcome = await attempt(__nextArguments__)
    breaker["trying"] = False
    if outcome[0] not in FAILURES:
        breaker.update(failures=0, open_until=0.0)
    else:
        breaker["failures"] += 1
        if tried or breaker["failures"] >= __breakerFailures__:
            breaker["open_until"] = time.perf_counter() + __openS__
    return outcome


# @end
# @if retry
def wait_ms(attempt, before):
    """How long to wait before an attempt, which counts from 2."""
    return __wait__


# @end
async def call(nc, n):
    body = payload(n)
    # @if callHeader
    name = str(uuid.uuid4())  # The same for each attempt: a request may arrive twice.
    # @end
    # @if plain
    return await attempt(__firstArguments__)
    # @else
    # @if breaker
    last = await guarded(__firstArguments__) or ("short-circuited", "")
    # @else
    last = await attempt(__firstArguments__)
    # @end
    # @if retry
    before = 0
    for number in range(2, __afterLast__):
        if last[0] not in FAILURES:
            break
        before = wait_ms(number, before)
        await asyncio.sleep(before / 1000)
        # @if breaker
        again = await guarded(__nextArguments__)
        if again is None:
            break
        last = again
        # @else
        last = await attempt(__nextArguments__)
        # @end
    # @end
    # @if fallback
    if __isReplaced__:
        return "fell back", __fallback__
    # @end
    return last
    # @end


def is_error(reply, text):
    """A reply that says it is an error, in its headers or in its JSON."""
    if "Nats-Service-Error-Code" in (reply.headers or {}):
        return True
    try:
        said = json.loads(text)
    except ValueError:
        return False
    error = said.get("error") if isinstance(said, dict) else None
    return error is not None and error is not False


async def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    # @if credentials
    # __credentials__
    # @end
    nc = await nats.connect(
        os.environ.get("NATS_URL", __url__),
        name=__name__,
        # @if user
        user=os.environ.get("NATS_USER"),
        password=os.environ.get("NATS_PASSWORD"),
        # @end
        # @if token
        token=os.environ.get("NATS_TOKEN"),
        # @end
    )

    async def one(n):
        """A call with all its attempts, and how long that took."""
        started = time.perf_counter()
        kind, text = await call(nc, n)
        ms = (time.perf_counter() - started) * 1000
        print(f"{n}: {kind} after {ms:.1f} ms {text}".rstrip())

    # @if breaker
    for n in range(1, count + 1):  # In turn: else all would be sent before the breaker has seen the first.
        await one(n)
    # @else
    await asyncio.gather(*(one(n) for n in range(1, count + 1)))
    # @end
    await nc.close()


asyncio.run(main())
