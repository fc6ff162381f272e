import type { Delay, ResponderSetup } from "../domain/setup/setup.ts";
import { programText, type Part } from "./layout.ts";
import { commentLines, fileNameOf, pythonLiteral as literal } from "./literals.ts";
import type { HandlerSource, Program, ServerPlace } from "./program.ts";
import { connectLines, pythonRun, spaced } from "./pythonConnection.ts";
import { PYTHON_HANDLERS } from "./pythonHandlers.ts";
import { roleWords, standInWords } from "./roleWords.ts";

/** A responder in Python: what a built-in handler does, or a stand-in for a handler that is JavaScript. */
export function pythonResponder(setup: ResponderSetup, server: ServerPlace, handler: HandlerSource): Program {
  const fileName = `${fileNameOf(setup.name)}.py`;
  const known = handler.builtin === null ? undefined : PYTHON_HANDLERS[handler.builtin];
  const { delay, dropShare, errorShare, queue } = setup;
  const draws = dropShare > 0 || errorShare > 0 || (delay.kind !== "none" && delay.kind !== "fixed");
  const text = programText(
    commentLines("#", roleWords(setup)),
    [
      "import asyncio",
      "import json",
      ...(delay.kind === "exponential" ? ["import math"] : []),
      "import os",
      ...(draws ? ["import random"] : []),
      "",
      "import nats",
    ],
    [`SUBJECT = ${literal(setup.subject)}`],
    known === undefined ? standIn(setup.name, handler.source) : [known.trim()],
    [
      "async def answer(nc, message):",
      delay.kind === "none" ? null : `    await asyncio.sleep(${delaySeconds(delay)})`,
      dropShare === 0
        ? null
        : `    if random.random() < ${dropShare}:
        return  # Never answered: the requester waits in vain.`,
      "    try:",
      errorShare === 0
        ? null
        : `        if random.random() < ${errorShare}:
            raise Exception("A simulated failure")`,
      "        reply = await handle(message.data.decode())",
      "        if not isinstance(reply, str):",
      '            reply = json.dumps(reply, ensure_ascii=False, separators=(",", ":"))',
      "        await nc.publish(message.reply, reply.encode())",
      "    except Exception as error:",
      "        # Whoever asked is told what went wrong, and need not wait for a timeout.",
      '        words = " ".join(str(error).split())',
      '        said = {"Nats-Service-Error": words[:256], "Nats-Service-Error-Code": "500"}',
      '        await nc.publish(message.reply, json.dumps({"error": str(error)}).encode(), headers=said)',
    ],
    [
      "async def main():",
      ...connectLines(setup.name, server),
      "",
      ...(setup.handling === "oneAtATime"
        ? [
            "    async def on_message(message):  # one at a time: the next one waits for this",
            "        await answer(nc, message)",
          ]
        : [
            "    tasks = set()",
            "",
            "    async def on_message(message):  # many at once",
            "        task = asyncio.create_task(answer(nc, message))",
            "        tasks.add(task)",
            "        task.add_done_callback(tasks.discard)",
          ]),
      "",
      `    await nc.subscribe(SUBJECT${queue === null ? "" : `, queue=${literal(queue)}`}, cb=on_message)`,
      "    await nc.flush()",
      '    print(f"answers on {SUBJECT}", flush=True)',
      "    try:",
      "        await asyncio.Future()",
      "    except asyncio.CancelledError:",
      "        await nc.drain()  # Ctrl-C takes no new request and finishes what it holds.",
    ],
    ["try:", "    asyncio.run(main())", "except KeyboardInterrupt:", "    pass"],
  );
  const differences = known === undefined ? [standInWords(setup.name)] : [];
  return { language: "python", fileName, text: spaced(text), run: pythonRun(fileName), differences };
}

const standIn = (name: string, source: string): Part => [
  ...commentLines("#", standInWords(name)),
  ...commentLines("#", "The handler, to be translated:"),
  "#",
  ...commentLines("#    ", source.trim()),
  "async def handle(request):",
  "    try:",
  "        asked = json.loads(request)",
  "    except ValueError:",
  "        asked = request",
  `    return {"stand_in_for": ${literal(name)}, "request": asked}`,
];

/** In seconds, as an expression. */
function delaySeconds(delay: Exclude<Delay, { kind: "none" }>): string {
  switch (delay.kind) {
    case "fixed":
      return String(delay.ms / 1000);
    case "uniform":
      return `random.uniform(${delay.minMs / 1000}, ${delay.maxMs / 1000})`;
    case "normal":
      return `max(0, random.gauss(${delay.meanMs / 1000}, ${delay.deviationMs / 1000}))`;
    case "exponential":
      return `-${delay.meanMs / 1000} * math.log(1 - random.random())`;
  }
}
