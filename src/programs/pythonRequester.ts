import type { RequesterSetup } from "../domain/setup/setup.ts";
import { programText, type Part } from "./layout.ts";
import { commentLines, fileNameOf, pythonLiteral as literal } from "./literals.ts";
import { needsOf, payloadExpression } from "./payloads.ts";
import type { Program, ServerPlace } from "./program.ts";
import { policyParts, policyWords } from "./policyParts.ts";
import { connectLines, pythonRun, spaced } from "./pythonConnection.ts";
import { pythonAttempt, pythonCall } from "./pythonPolicy.ts";

/** A requester in Python. */
export function pythonRequester(setup: RequesterSetup, server: ServerPlace): Program {
  const fileName = `${fileNameOf(setup.name)}.py`;
  const needs = needsOf(setup.payload.template);
  const { retry, breaker, callHeader, gather } = policyParts(setup.policy);
  const random = needs.random || (retry !== null && retry.jitter !== "none" && retry.backoff !== "none");
  const uuid = needs.uuid || callHeader !== null;
  const policy = policyWords(setup.policy);
  const text = programText(
    [
      ...commentLines("#", `${setup.name} asks ${setup.subject} and prints what comes back.`),
      ...(policy === "" ? [] : commentLines("#", policy)),
      `# Once, or as many times as its argument says: python ${fileName} 10`,
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
      ...(gather === null ? ["from nats.errors import Error, NoRespondersError"] : []),
    ],
    [
      `SUBJECT = ${literal(setup.subject)}`,
      ...(gather === null ? [`TIMEOUT_S = ${setup.timeoutMs / 1000}`] : []),
    ],
    payloadPart(setup),
    pythonAttempt(setup),
    ...pythonCall(setup),
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
      ...(breaker === null
        ? ["    await asyncio.gather(*(one(n) for n in range(1, count + 1)))"]
        : [
            "    for n in range(1, count + 1):  # In turn: else all would be sent before the breaker has seen the first.",
            "        await one(n)",
          ]),
      "    await nc.close()",
    ],
    ["asyncio.run(main())"],
  );
  const names = setup.headers.map(({ name }) => name);
  const twice = names.some((name, at) => names.indexOf(name) !== at);
  const differences = twice ? ["nats-py sends each header once: of a repeated one, the last."] : [];
  return { language: "python", fileName, text: spaced(text), run: pythonRun(fileName), differences };
}

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
