# __role__

import asyncio
import json
# @if exponential
import math
# @end
import os
# @if drawsLots
import random
# @end
# @if readsJson
from decimal import Decimal
# @end

import nats

SUBJECT = __subject__


# @if readsJson
def number(value):
    """A number as JavaScript has it, which knows one kind: 1.0 and 1e0 are 1."""
    value = float(value)
    return int(Decimal(repr(value))) if value.is_integer() and abs(value) < 1e21 else value


def read_json(data):
    """What a request says; raises ValueError where that is no JSON."""
    return json.loads(data.decode(errors="replace"), parse_int=number, parse_float=number, parse_constant=refuse)


def refuse(constant):
    raise ValueError(f"{constant} is no JSON")


# @end
# @if readsFields
def fields_of(data):
    """The members of a request's object. Other JSON has none, and null cannot be asked for any."""
    asked = read_json(data)
    if asked is None:
        raise ValueError("The request is null")
    return asked if isinstance(asked, dict) else {}


# @end
# @if writesText
def shown(value):
    """A value within a text, as JavaScript writes it there."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ",".join("" if each is None else shown(each) for each in value)
    if isinstance(value, dict):
        return "[object Object]"
    return to_json(value)


# @end
def to_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# @if standsIn
# __standIn__
# The handler, to be translated:
#
#     __source__
async def handle(data):
    try:
        asked = json.loads(data)
    except ValueError:
        asked = data.decode(errors="replace")
    return {"stand_in_for": __name__, "request": asked}
# @else
__handler__
# @end


async def answer(nc, message):
    # @if delay
    await asyncio.sleep(__delay__)
    # @end
    # @if dropShare
    if random.random() < __dropShare__:
        return  # Never answered: the requester waits in vain.
    # @end
    try:
        # @if errorShare
        if random.random() < __errorShare__:
            raise Exception("A simulated failure")
        # @end
        reply = await handle(message.data)
        # Bytes go out as they are, text as it is, anything else as JSON.
        if not isinstance(reply, bytes):
            text = reply if isinstance(reply, str) else to_json(reply)
            reply = text.encode(errors="backslashreplace")
        await nc.publish(message.reply, reply)
    except Exception as error:
        # Whoever asked is told what went wrong, and need not wait for a timeout.
        words = " ".join(str(error).split())
        said = {"Nats-Service-Error": words[:256], "Nats-Service-Error-Code": "500"}
        await nc.publish(message.reply, json.dumps({"error": str(error)}).encode(), headers=said)


async def main():
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

    # @if oneAtATime
    async def on_message(message):  # one at a time: the next one waits for this
        await answer(nc, message)
    # @else
    tasks = set()

    async def on_message(message):  # many at once
        task = asyncio.create_task(answer(nc, message))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    # @end

    # @if queue
    await nc.subscribe(SUBJECT, queue=__queue__, cb=on_message)
    # @else
    await nc.subscribe(SUBJECT, cb=on_message)
    # @end
    await nc.flush()
    print(f"answers on {SUBJECT}", flush=True)
    try:
        await asyncio.Future()
    except asyncio.CancelledError:
        await nc.drain()  # Ctrl-C takes no new request and finishes what it holds.


try:
    asyncio.run(main())
except KeyboardInterrupt:
    pass
