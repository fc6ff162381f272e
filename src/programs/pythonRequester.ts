import type { RequesterSetup } from "../domain/setup.ts";
import { programText, type Part } from "./layout.ts";
import { commentLines, fileNameOf, pythonLiteral as literal } from "./literals.ts";
import { needsOf, payloadExpression } from "./payloads.ts";
import type { Program, ServerPlace } from "./program.ts";
import { connectLines, pythonRun } from "./pythonConnection.ts";

/** A requester in Python. */
export function pythonRequester(setup: RequesterSetup, server: ServerPlace): Program {
  const fileName = `${fileNameOf(setup.name)}.py`;
  const { random, uuid } = needsOf(setup.payload.template);
  const text = programText(
    [
      ...commentLines("#", `${setup.name} asks ${setup.subject} and prints what comes back.`),
      `# Once, or as many times at once as its argument says: python ${fileName} 10`,
    ],
    [
      "import asyncio",
      "import json",
      "import os",
      ...(random ? ["import random"] : []),
      "import sys",
      "import time",
      ...(uuid ? ["import uuid"] : []),
      "",
      "import nats",
      "from nats.errors import Error, NoRespondersError",
    ],
    [`SUBJECT = ${literal(setup.subject)}`, `TIMEOUT_S = ${setup.timeoutMs / 1000}`, ...headerLines(setup)],
    payloadPart(setup),
    [
      "async def attempt(nc, body, timeout_s):",
      '    """One request: what became of it, and the reply or the reason."""',
      "    started = time.perf_counter()",
      '    kind, text = "replied", ""',
      "    try:",
      `        reply = await nc.request(SUBJECT, body.encode(), timeout=timeout_s${ownInbox(setup) ? ", old_style=True" : ""}${setup.headers.length > 0 ? ", headers=HEADERS" : ""})`,
      '        text = reply.data.decode(errors="replace")',
      "        if is_error(reply, text):",
      '            kind = "error reply"',
      "    except NoRespondersError:",
      '        kind = "no responders"  # Nobody subscribes: the server says so at once.',
      "    except asyncio.TimeoutError:",
      '        kind = "timed out"  # Somebody subscribes, but did not answer in time.',
      "    except Error as error:",
      '        kind = f"failed ({error})"',
      "    return kind, text, (time.perf_counter() - started) * 1000",
    ],
    ["async def call(nc, n):", "    return await attempt(nc, payload(n), TIMEOUT_S)"],
    [
      "def is_error(reply, text):",
      '    """A reply that says it is an error, in its headers or in its JSON."""',
      '    if "Nats-Service-Error-Code" in (reply.headers or {}):',
      "        return True",
      "    try:",
      "        said = json.loads(text)",
      "    except ValueError:",
      "        return False",
      '    error = said.get("error") if isinstance(said, dict) else None',
      "    return error is not None and error is not False",
    ],
    [
      "async def main():",
      "    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1",
      ...connectLines(setup.name, server),
      "",
      "    async def one(n):",
      "        kind, text, ms = await call(nc, n)",
      '        print(f"{n}: {kind} after {ms:.1f} ms {text}".rstrip())',
      "",
      "    await asyncio.gather(*(one(n) for n in range(1, count + 1)))",
      "    await nc.close()",
    ],
    ["asyncio.run(main())"],
  );
  const names = setup.headers.map(({ name }) => name);
  const twice = names.some((name, at) => names.indexOf(name) !== at);
  const differences = twice ? ["nats-py sends each header once: of a repeated one, the last."] : [];
  return { language: "python", fileName, text, run: pythonRun(fileName), differences };
}

/** nats-py sends no headers that way. */
const ownInbox = ({ inbox, headers }: RequesterSetup): boolean =>
  inbox === "perRequest" && headers.length === 0;

function payloadPart({ payload: { template } }: RequesterSetup): Part {
  const expression = payloadExpression(template, {
    literal,
    placeholder(placeholder) {
      switch (placeholder.kind) {
        case "n":
          return "str(n)";
        case "random":
          return `str(random.randint(${placeholder.min}, ${placeholder.max}))`;
        case "uuid":
          return "str(uuid.uuid4())";
      }
    },
  });
  return ["def payload(n):", '    """The payload of call number n."""', `    return ${expression}`];
}

function headerLines({ headers }: RequesterSetup): string[] {
  if (headers.length === 0) return [];
  const entries = headers.map(({ name, value }) => `${literal(name)}: ${literal(value)}`);
  return [`HEADERS = {${entries.join(", ")}}`];
}
