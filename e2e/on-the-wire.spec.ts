import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test.ts";
import type { Playground } from "./pages/Playground.ts";

/** What the page says at one instant: all of it read at once. */
interface Sample {
  readonly wire: readonly string[];
  /** What stands beside each name in the diagram. */
  readonly nodes: Readonly<Record<string, string>>;
  /** The titles of the steps that are told as done. */
  readonly steps: readonly string[];
  /** What the last request led to. */
  readonly reply: string;
  /** How far behind what happened it is said to be, in seconds; 0 where nothing is said. */
  readonly behind: number;
  /** What is seen, in one sentence. */
  readonly caption: string;
}

/** Reads the page in every frame, from when something is on the wire until nothing is. */
function sampled(page: Page): Promise<readonly Sample[]> {
  return page.evaluate(
    () =>
      new Promise<Sample[]>((resolve) => {
        const samples: Sample[] = [];
        const texts = (selector: string): string[] =>
          [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
        const look = (): void => {
          const wire = texts('[aria-label="On the wire"] li');
          const nodes: Record<string, string> = {};
          for (const button of document.querySelectorAll('[aria-label*=" in the diagram"]')) {
            const [name = "", words = ""] = (button.getAttribute("aria-label") ?? "").split(
              " in the diagram, ",
            );
            nodes[name] = words;
          }
          const nothing = wire[0] === "Nothing is moving.";
          if (!nothing || samples.length > 0) {
            const steps = texts('[aria-label="Steps of the request"] [data-done="true"]').map(
              (title) => /^[A-Z][a-z]+/.exec(title)?.[0] ?? "",
            );
            samples.push({
              wire: nothing ? [] : wire,
              nodes,
              steps,
              reply: texts('[aria-label="Last reply"]').join(" "),
              behind: Number(/([\d.]+) s behind/.exec(texts('[aria-label="Diagram"]').join(" "))?.[1] ?? 0),
              caption: texts('[aria-label="Caption"]').at(-1) ?? "",
            });
          }
          if (nothing && samples.length > 0) resolve(samples);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

/** The way of a call through services that ask each other, in its order, as `On the wire` tells it. */
function wayThrough(names: readonly string[]): string[] {
  const asked: string[] = [];
  const answered: string[] = [];
  for (const [at, name] of names.entries()) {
    const next = names[at + 1];
    if (next === undefined) continue;
    asked.push(`A request goes from ${name} to nats-server.`, `A request goes from nats-server to ${next}.`);
    answered.unshift(
      `A reply goes from ${next} to nats-server.`,
      `A reply goes from nats-server to the inbox of ${name}.`,
    );
  }
  return [...asked, ...answered];
}

/** What is said of a line of `On the wire` where it is the only one. */
const captionOf = (line: string): string =>
  line
    .replace(/^A request goes from nats-server to (.*)\.$/, "nats-server delivers the request to $1.")
    .replace(/^A reply goes from nats-server to (.*)\.$/, "nats-server passes the reply on to $1.")
    .replace(/^A (request|reply) goes from (.*) to nats-server\.$/, "$2 sends the $1 to nats-server.");

/** Checks that nothing is told before its cause, and that what stands beside the drawing agrees with it. */
function expectCausality(samples: readonly Sample[], names: readonly string[]): void {
  const way = wayThrough(names);
  const [requester = "", ...services] = names;
  const first = services[0] ?? "";
  const seen = new Set<number>();
  let furthest = -1;
  for (const sample of samples) {
    const told = JSON.stringify(sample, null, 1);
    const places = way.flatMap((line, place) => (sample.wire.includes(line) ? [place] : []));
    // One call: only one of its messages is on its way at a time, and each after the one before.
    expect(places.length, told).toBeLessThanOrEqual(1);
    const [place] = places;
    if (place !== undefined) {
      expect(place, `after “${way[furthest]}”: ${told}`).toBeGreaterThanOrEqual(furthest);
      furthest = place;
      seen.add(place);
      expect(sample.caption, told).toBe(captionOf(way[place] ?? ""));
    }
    for (const service of services) {
      const handles = sample.wire.includes(`${service} handles a request.`);
      expect(sample.nodes[service], told).toMatch(handles ? /^busy 1/ : /^idle/);
      // It has the request from when that is there until its own reply leaves.
      const there = way.indexOf(`A request goes from nats-server to ${service}.`);
      const leaves = way.indexOf(`A reply goes from ${service} to nats-server.`);
      if (place !== undefined) expect(handles, told).toBe(place > there && place < leaves);
    }
    const waits = sample.wire.includes(`${requester} waits for a reply.`);
    expect(sample.nodes[requester]?.includes("waits for 1"), told).toBe(waits);
    if (place === undefined) continue;
    expect(waits, told).toBe(true);
    const done = (title: string): boolean => sample.steps.includes(title);
    expect(done("Delivery"), told).toBe(place > way.indexOf(`A request goes from nats-server to ${first}.`));
    expect(done("Reply"), told).toBe(place >= way.indexOf(`A reply goes from ${first} to nats-server.`));
    expect(done("Settled"), told).toBe(false);
    expect(sample.reply, told).toBe("");
  }
  // How far it is behind is said, is bounded, and is made up for when nothing new comes.
  const behind = samples.map((sample) => sample.behind);
  expect(Math.max(...behind)).toBeGreaterThan(0.5);
  expect(Math.max(...behind)).toBeLessThanOrEqual(10);
  expect(behind.at(-1)).toBe(0);
  // A machine that is busy may miss some, and sees most.
  expect(seen.size).toBeGreaterThan(way.length / 2);
  expect(samples.at(-1)?.steps).toContain("Settled");
}

async function openFromGallery({ page }: Playground, title: string): Promise<void> {
  await page.getByRole("button", { name: "Gallery" }).click();
  const gallery = page.getByRole("dialog", { name: "Gallery" });
  await gallery.getByRole("button", { name: title, exact: true }).click();
  await expect(gallery).toBeHidden();
}

for (const { title, names, body } of [
  { title: "Gateway, users, tokens", names: ["browser", "gateway", "users", "auth"], body: "user_id" },
  { title: "A cache in front", names: ["client-1", "cache", "database"], body: "users:1" },
]) {
  test(`live, no effect is shown before its cause, in the diagram or beside it: ${title}`, async ({
    playground,
    page,
  }) => {
    await playground.open();
    await openFromGallery(playground, title);
    await playground.everyoneConnected();
    const [requester = ""] = names;
    const service = playground.diagram.getByRole("button", { name: `${names.at(-1)} in the diagram` });
    await expect(service).toBeVisible();
    const form = await playground.openRequester(requester);
    const sampling = sampled(page);
    await form.getByRole("button", { name: "Send", exact: true }).click();
    const samples = await sampling;
    expectCausality(samples, names);
    // The reply is the answer: on the requester's node and beside its form, all of it at one click.
    const reply = form.getByRole("group", { name: "Last reply" });
    await expect(reply).toContainText(body);
    await expect(playground.diagram.getByTitle(body)).toBeVisible();
    await reply.locator("summary").click();
    await expect(reply.getByRole("group", { name: "Payload of the reply" })).toContainText(body);
  });
}

/**
 * How many different pictures are drawn between the requester and the server, from when something is on the wire until nothing is:
 * what glides there looks different in every frame.
 */
function picturesBetween(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const canvas = document.querySelector("canvas.diagram-marks");
    const edge = (name: string): DOMRect | undefined =>
      [...document.querySelectorAll("button")]
        .find((button) => button.getAttribute("aria-label")?.startsWith(`${name} in the diagram`))
        ?.closest(".react-flow__node")
        ?.getBoundingClientRect();
    const [from, to] = [edge("client-1"), edge("nats-server")];
    if (!(canvas instanceof HTMLCanvasElement) || !from || !to) throw new Error("there is no drawing");
    const at = canvas.getBoundingClientRect();
    const ratio = canvas.width / at.width;
    const context = canvas.getContext("2d");
    const pictures = new Set<string>();
    for (let begun = false; ;) {
      const nothing =
        document.querySelector('[aria-label="On the wire"] li')?.textContent === "Nothing is moving.";
      begun ||= !nothing;
      if (begun && nothing) return pictures.size;
      const pixels = context?.getImageData(
        (from.right - at.left) * ratio,
        0,
        (to.left - from.right) * ratio,
        canvas.height,
      ).data;
      if (begun && pixels)
        pictures.add(pixels.reduce((sum, value, place) => (sum * 31 + value * place) % 1e9, 0).toString());
      await new Promise(requestAnimationFrame);
    }
  });
}

test("with reduced motion the same is shown in steps: nothing glides", async ({ playground, page }) => {
  await playground.open();
  await playground.everyoneConnected();
  await expect(playground.diagram.getByRole("button", { name: /^nats-server in/ })).toBeVisible();
  const sendOne = async (): Promise<{ samples: readonly Sample[]; pictures: number }> => {
    const sampling = Promise.all([sampled(page), picturesBetween(page)]);
    await playground.send();
    const [samples, pictures] = await sampling;
    return { samples, pictures };
  };
  const gliding = await sendOne();
  await page.emulateMedia({ reducedMotion: "reduce" });
  const stepping = await sendOne();
  expectCausality(stepping.samples, ["client-1", "responder-1"]);
  // There and back: nothing, at one end, at the other end.
  expect(stepping.pictures).toBeLessThanOrEqual(5);
  expect(gliding.pictures).toBeGreaterThan(stepping.pictures);
});

test("a page that stood still while the last part was to be shown says what the request led to all the same", async ({
  playground,
  page,
}) => {
  await playground.open();
  await expect(playground.diagram.getByRole("button", { name: /^responder-1 in/ })).toBeVisible();
  const standsStill = page.evaluate(async () => {
    const wire = () => document.querySelector('[aria-label="On the wire"]')?.textContent ?? "";
    while (!wire().includes("to the inbox of client-1.")) await new Promise(requestAnimationFrame);
    for (const since = performance.now(); performance.now() - since < 2000;);
  });
  await playground.send();
  await standsStill;
  await expect(playground.requester("client-1").getByRole("group", { name: "Last reply" })).toContainText(
    "user_id",
  );
});

test("a timeout and a 503 stand where the reply would, when they are seen to happen", async ({
  playground,
  page,
}) => {
  await playground.open();
  await expect(playground.diagram.getByRole("button", { name: /^responder-1 in/ })).toBeVisible();
  const form = playground.requester("client-1");
  await form.getByLabel("Subject").fill("nobody.home");
  let sampling = sampled(page);
  await playground.send();
  const refused = await sampling;
  for (const { wire, nodes, reply } of refused) {
    const isOver = wire.length === 0 || wire.includes("At the inbox of client-1: 503.");
    expect(nodes["client-1"]?.includes("waits for 1"), JSON.stringify(wire)).toBe(!isOver);
    expect(reply.includes("503"), JSON.stringify(wire)).toBe(isOver);
  }
  expect(
    refused.some(({ wire }) => wire.includes("A 503 goes from nats-server to the inbox of client-1.")),
  ).toBe(true);
  await expect(playground.diagram.getByTitle("503")).toBeVisible();

  await form.getByLabel("Subject").fill("user.get");
  await playground.setTimeoutMs(50);
  await playground.responder("responder-1").getByRole("button", { name: "Freeze" }).click();
  await expect(
    playground.diagram.getByRole("button", { name: /^responder-1 in the diagram, frozen/ }),
  ).toBeVisible();
  sampling = sampled(page);
  await playground.send();
  await expect(form.getByRole("group", { name: "Last reply" })).toContainText("timed out after 50 ms");
  await playground.responder("responder-1").getByRole("button", { name: "Thaw" }).click();
  for (const { wire, reply } of await sampling) {
    // No ✗ while the request is still inside the server, and nothing late before the ✗.
    const asks = wire.some((line) => line.startsWith("A request goes"));
    if (asks) expect(wire).not.toContain("At the inbox of client-1: timed out.");
    if (asks) expect(reply).not.toContain("timed out");
    if (wire.some((line) => line.startsWith("A late reply"))) expect(reply).toContain("timed out");
  }
});
