import type { Delay, ResponderSetup } from "../domain/setup/setup.ts";
import { goConnect, goImports, goRun } from "./goConnection.ts";
import { GO_HANDLERS, type GoHandler } from "./goHandlers.ts";
import { programText } from "./layout.ts";
import { commentLines, fileNameOf, goLiteral as literal } from "./literals.ts";
import type { HandlerSource, Program, ServerPlace } from "./program.ts";
import { roleWords, standInWords } from "./roleWords.ts";

/** A responder in Go: what a built-in handler does, or a stand-in for a handler that is JavaScript. */
export function goResponder(setup: ResponderSetup, server: ServerPlace, handler: HandlerSource): Program {
  const known = handler.builtin === null ? undefined : GO_HANDLERS[handler.builtin];
  const { delay, dropShare, errorShare, queue } = setup;
  const draws = dropShare > 0 || errorShare > 0 || (delay.kind !== "none" && delay.kind !== "fixed");
  const { imports, text: handle } = known ?? standIn(setup.name, handler.source);
  const packages = [
    "encoding/json",
    ...(errorShare > 0 ? ["errors"] : []),
    "fmt",
    "log",
    ...(delay.kind === "normal" || delay.kind === "exponential" ? ["math"] : []),
    ...(draws ? ["math/rand/v2"] : []),
    "os",
    "os/signal",
    "strings",
    ...(delay.kind === "none" ? [] : ["time"]),
    ...imports,
  ];
  const text = programText(
    [...commentLines("//", roleWords(setup)), "package main"],
    goImports([...new Set(packages)].sort()),
    [`const subject = ${literal(setup.subject)}`],
    [handle.trim()],
    [
      "func answer(message *nats.Msg) {",
      ...(delay.kind === "none" ? [] : [`	time.Sleep(${delayExpression(delay)})`]),
      ...(dropShare === 0
        ? []
        : [
            `	if rand.Float64() < ${dropShare} {`,
            "		return // Never answered: the requester waits in vain.",
            "	}",
          ]),
      "	reply, err := handle(message.Data)",
      ...(errorShare === 0
        ? []
        : [`	if rand.Float64() < ${errorShare} {`, '		err = errors.New("A simulated failure")', "	}"]),
      "	response := nats.NewMsg(message.Reply)",
      "	if err != nil {",
      "		// Whoever asked is told what went wrong, and need not wait for a timeout.",
      '		response.Header.Set("Nats-Service-Error", strings.Join(strings.Fields(err.Error()), " "))',
      '		response.Header.Set("Nats-Service-Error-Code", "500")',
      '		reply = map[string]string{"error": err.Error()}',
      "	}",
      "	if text, isText := reply.(string); isText {",
      "		response.Data = []byte(text)",
      "	} else {",
      "		response.Data, _ = json.Marshal(reply)",
      "	}",
      "	if err := message.RespondMsg(response); err != nil {",
      "		log.Print(err)",
      "	}",
      "}",
    ],
    [
      "func main() {",
      ...goConnect(setup.name, server),
      setup.handling === "oneAtATime"
        ? "	onMessage := answer // one at a time: the next one waits for this"
        : "	onMessage := func(message *nats.Msg) { go answer(message) } // many at once",
      queue === null
        ? "	_, err = nc.Subscribe(subject, onMessage)"
        : `	_, err = nc.QueueSubscribe(subject, ${literal(queue)}, onMessage)`,
      "	if err == nil {",
      "		err = nc.Flush()",
      "	}",
      "	if err != nil {",
      "		log.Fatal(err)",
      "	}",
      '	fmt.Println("answers on", subject)',
      "	stop := make(chan os.Signal, 1)",
      "	signal.Notify(stop, os.Interrupt)",
      "	<-stop",
      "	_ = nc.Drain()",
      "}",
    ],
  );
  const differences = known === undefined ? [standInWords(setup.name)] : [];
  return {
    language: "go",
    fileName: `${fileNameOf(setup.name)}.go`,
    text,
    run: goRun(setup.name),
    differences,
  };
}

const standIn = (name: string, source: string): GoHandler => ({
  imports: [],
  text: [
    ...commentLines("//", standInWords(name)),
    ...commentLines("//", "The handler, to be translated:"),
    "//",
    ...commentLines("//	", source.trim()),
    "func handle(request []byte) (any, error) {",
    "	var asked any = string(request)",
    "	if json.Valid(request) {",
    "		asked = json.RawMessage(request)",
    "	}",
    `	return map[string]any{"stand_in_for": ${literal(name)}, "request": asked}, nil`,
    "}",
  ].join("\n"),
});

/** A time.Duration, as an expression. */
function delayExpression(delay: Exclude<Delay, { kind: "none" }>): string {
  const drawn = (ms: string): string => `time.Duration((${ms}) * float64(time.Millisecond))`;
  switch (delay.kind) {
    case "fixed":
      return Number.isInteger(delay.ms) ? `${delay.ms} * time.Millisecond` : drawn(String(delay.ms));
    case "uniform":
      return drawn(`${delay.minMs} + rand.Float64()*${delay.maxMs - delay.minMs}`);
    case "normal":
      return drawn(`math.Max(0, ${delay.meanMs}+${delay.deviationMs}*rand.NormFloat64())`);
    case "exponential":
      return drawn(`-${delay.meanMs} * math.Log(1-rand.Float64())`);
  }
}
