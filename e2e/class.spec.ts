import { chromium, type Browser, type Page } from "@playwright/test";
import { connect, ErrorCode, type NatsConnection } from "nats";
import { chromiumFlags } from "../tools/browser/chromiumFlags.ts";
import { runClassroom, type Classroom } from "./fixtures/classroom.ts";
import { expect, test } from "./fixtures/test.ts";
import { Playground } from "./pages/Playground.ts";

test.use({ expectedNoise: [/Cross-Origin-Opener-Policy|Origin-Agent-Cluster|WebSocket connection/] });

let room: Classroom;
test.beforeAll(async () => {
  room = await runClassroom();
});
test.afterAll(async () => room.close());

const HOST = "teachers-laptop.example";

/** A browser to which the machine has another name, as to one on another machine: what is not secure there is not secure here. */
async function elsewhere(executablePath: string | undefined): Promise<Browser> {
  return chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: [...chromiumFlags(), `--host-resolver-rules=MAP ${HOST} 127.0.0.1`],
  });
}

async function joined(page: Page, name: string, code = room.joinCode): Promise<Playground> {
  await page.goto(`http://${HOST}:${room.port}/#join=${code}`);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Join", exact: true }).click();
  return new Playground(page);
}

test("a student joins with the link, from a page that is not secure, and answers the teacher’s request", async ({
  page,
  launchOptions,
}) => {
  const browser = await elsewhere(launchOptions.executablePath);
  try {
    const student = await joined(await browser.newPage(), "Ada");
    expect(await student.page.evaluate(() => isSecureContext)).toBe(false);
    await student.everyoneConnected();

    await page.goto(room.teachersPage);
    const teacher = new Playground(page);
    await teacher.everyoneConnected();
    await teacher.responder("responder-1").getByRole("button", { name: "Kill" }).click();
    await teacher.send();
    await expect(teacher.diagram).toContainText("outside");
    expect((await teacher.settled(1)).counts.replied).toBe(1);
    expect((await student.exportResults()).responders[0]).toMatchObject({ received: 1, replied: 1 });

    // Who reloads comes back as who they were, and is asked nothing.
    await student.page.reload();
    await student.everyoneConnected();
    await expect(student.page.getByRole("button", { name: "Join", exact: true })).toBeHidden();
  } finally {
    await browser.close();
  }
});

test("a wrong code lets nobody in, says so, and can be put right; a name is text", async ({
  launchOptions,
}) => {
  const browser = await elsewhere(launchOptions.executablePath);
  try {
    const page = await browser.newPage();
    const name = "<img src=x onerror=alert(1)>";
    const student = await joined(page, name, room.joinCode === "AAAAAA" ? "BBBBBB" : "AAAAAA");
    await expect(page.getByRole("alert")).toContainText("not the code of this class");
    await page.getByLabel("Join code").fill("12");
    await page.getByRole("button", { name: "Join", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("six letters and digits");
    await page.getByLabel("Join code").fill(room.joinCode.toLowerCase());
    await page.getByRole("button", { name: "Join", exact: true }).click();
    await student.everyoneConnected();
    await expect(page.locator("img[src=x]")).toHaveCount(0);
    await page.reload();
    await student.everyoneConnected();
  } finally {
    await browser.close();
  }
});

test("the teacher’s page shows how to join, who is there and how far they are, and who is gone", async ({
  page,
  launchOptions,
}) => {
  await page.goto(room.teachersPage);
  await page.getByRole("button", { name: /^Class/ }).click();
  const dialog = page.getByRole("dialog", { name: "Class" });
  await expect(dialog.getByText(room.joinCode, { exact: true })).toBeVisible();
  const roster = dialog.getByRole("region", { name: "Roster" });
  await expect(roster).toContainText("Nobody has joined yet");

  const browser = await elsewhere(launchOptions.executablePath);
  try {
    const ada = await joined(await browser.newPage(), "Ada");
    const other = await joined(await (await browser.newContext()).newPage(), "Ada");
    await Promise.all([ada.everyoneConnected(), other.everyoneConnected()]);
    await expect(roster.getByRole("rowheader")).toHaveText(["Ada", "Ada 2"]);
    await ada.send();
    await ada.settled(1);
    const row = roster
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name: "Ada", exact: true }) });
    await expect(row.getByRole("cell")).toHaveText([/^\d\d:\d\d$/, "–", "1", "1", "0", /^\d$/]);
    await ada.page.reload();
    await ada.everyoneConnected();
    await other.page.close();
    await expect(roster.getByRole("rowheader")).toHaveText(["Ada"]);
    // A lid that is closed says nothing.
    await ada.page.context().setOffline(true);
    await ada.page.close();
    await expect(roster).toContainText("Nobody has joined yet");
  } finally {
    await browser.close();
  }
});

test("the teacher sends a setup to all: who changed nothing has it at once, who did is asked; all are frozen and thawed", async ({
  page,
  launchOptions,
}) => {
  await page.goto(room.teachersPage);
  const teacher = new Playground(page);
  await teacher.everyoneConnected();
  await page.getByRole("button", { name: "Add responder" }).click();
  await teacher.everyoneConnected();
  const browser = await elsewhere(launchOptions.executablePath);
  try {
    const fresh = await joined(await browser.newPage(), "Ada");
    const busy = await joined(await (await browser.newContext()).newPage(), "Grace");
    await Promise.all([fresh.everyoneConnected(), busy.everyoneConnected()]);
    await busy.requester("client-1").getByLabel("Subject").fill("my.own");
    await page.getByRole("button", { name: /^Class/ }).click();
    await expect(page.getByRole("rowheader")).toHaveCount(2);
    await page.getByRole("button", { name: "Send my setup to everybody" }).click();
    await expect(fresh.responder("responder-2")).toContainText("connected");
    const offer = busy.page
      .getByRole("group", { name: "Notice" })
      .filter({ hasText: "The teacher sends a setup" });
    await expect(offer).toBeVisible();
    await expect(busy.requester("client-1").getByLabel("Subject")).toHaveValue("my.own");
    await offer.getByRole("button", { name: "Open it" }).click();
    await expect(busy.responder("responder-2")).toContainText("connected");

    await page.getByRole("button", { name: "Freeze all responders" }).click();
    await expect(fresh.responder("responder-2")).toContainText("frozen");
    await expect(busy.responder("responder-1")).toContainText("frozen");
    await page.getByRole("button", { name: "Thaw all responders" }).click();
    await expect(fresh.responder("responder-2")).not.toContainText("frozen");
  } finally {
    await browser.close();
  }
});

test("what hostile members say of themselves is text, bounded, and ends nobody’s page", async ({ page }) => {
  const member = await connect({ servers: room.server.clientUrl, user: "student", pass: room.joinCode });
  await page.goto(room.teachersPage);
  await page.getByRole("button", { name: /^Class/ }).click();
  const roster = page.getByRole("region", { name: "Roster" });
  await expect(roster).toContainText("Nobody has joined yet");
  const said = {
    v: 1,
    since: 0,
    lesson: null,
    responders: 0,
    requesters: 0,
    started: 0,
    replied: 0,
    failed: 0,
    served: 0,
  };
  const send = (id: string, words: object): void =>
    member.publish(`_RT.class.member.${id}`, JSON.stringify({ ...said, ...words }));
  await expect
    .poll(async () => {
      send("MARKUP01", { name: "<img src=x onerror=alert(1)>" });
      await member.flush();
      return roster.getByRole("rowheader").count();
    })
    .toBe(1);
  await expect(roster.getByRole("rowheader")).toHaveText("<img src=x onerror=alert(1)>");
  for (let n = 0; n < 10_000; n++) send(`FAKE${String(n).padStart(6, "0")}`, { name: `fake ${n}` });
  send("GIANT001", { name: "x".repeat(100_000) });
  send("OTHERV01", { v: 99, name: "of another version" });
  member.publish("_RT.class.member.BROKEN01", "{ half");
  await member.flush();
  await expect(roster.getByRole("heading")).toHaveText("200 are here");
  await expect(roster).not.toContainText("of another version");
  await member.close();
  await expect(roster).toContainText("Nobody has joined yet");
  await expect(page.locator("img[src=x]")).toHaveCount(0);
});

test("control of the server, its monitoring and the teacher’s key are for a page on this machine alone", async () => {
  const ask = async (path: string, host: string, method = "GET") => {
    const { request } = await import("node:http");
    return new Promise<{ status: number; body: string }>((resolve, reject) => {
      const headers = { host, "x-roundtrip": "1", "sec-fetch-site": "same-origin" };
      request({ port: room.port, host: "127.0.0.1", path, method, headers }, (response) => {
        let body = "";
        response.on("data", (chunk) => (body += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
      })
        .on("error", reject)
        .end();
    });
  };
  const own = await ask("/roundtrip.json", `127.0.0.1:${room.port}`);
  expect(own.body).toContain(room.teacherKey);
  const seen = await ask("/roundtrip.json", `${HOST}:${room.port}`);
  expect(seen.body).not.toContain(room.teacherKey);
  expect(seen.body).not.toContain(room.joinCode);
  for (const path of ["/monitoring/connz", "/control/server", "/comparison", "/control/server/kill"])
    expect((await ask(path, `${HOST}:${room.port}`)).status, path).toBe(403);
});

test("nats-server itself refuses a student what is the teacher’s, and anybody without a password", async () => {
  const as = (user?: string, pass?: string): Promise<NatsConnection> =>
    connect({
      servers: room.server.clientUrl,
      reconnect: false,
      ...(user !== undefined && pass !== undefined && { user, pass }),
    });
  await expect(as()).rejects.toMatchObject({ code: ErrorCode.AuthorizationViolation });
  await expect(as("student", "wrong")).rejects.toMatchObject({ code: ErrorCode.AuthorizationViolation });
  const student = await as("student", room.joinCode);
  const teacher = await as("teacher", room.teacherKey);
  const heard: string[] = [];
  teacher.subscribe("_RT.>", { callback: (_error, { subject }) => heard.push(subject) });
  await teacher.flush();
  const refusals: string[] = [];
  void (async () => {
    for await (const { type, data } of student.status()) if (type === "error") refusals.push(String(data));
  })();
  student.publish("_RT.room.teacher.freeze");
  student.publish("_RT.room.member.here");
  await student.flush();
  teacher.publish("_RT.room.teacher.freeze");
  await teacher.flush();
  await expect.poll(() => heard).toEqual(["_RT.room.member.here", "_RT.room.teacher.freeze"]);
  await expect.poll(() => refusals).toEqual([ErrorCode.PermissionsViolation]);
  await student.close();
  await teacher.close();
});
