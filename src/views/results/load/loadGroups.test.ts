import { describe, expect, test } from "vitest";
import { groupShares, type Member } from "./loadGroups.ts";

const member = (name: string, parts: Partial<Member>): Member => ({
  id: Number(name.replace(/\D/g, "")),
  name,
  subject: "user.get",
  queue: "users",
  state: "connected",
  since: 1000,
  firstReceivedAt: 0,
  received: 0,
  replied: 0,
  errors: 0,
  ...parts,
});

describe("groupShares", () => {
  test("keeps queue groups of one subject apart, and each from those without", () => {
    const groups = groupShares([
      member("r1", {}),
      member("r2", { queue: "audit" }),
      member("r3", { queue: null }),
      member("r4", {}),
      member("r5", { subject: "user.*" }),
    ]);
    expect(groups.map(({ members }) => members.map(({ name }) => name))).toEqual([
      ["r1", "r4"],
      ["r2"],
      ["r3"],
      ["r5"],
    ]);
  });

  test("gives the band of a random choice among the members, and says who is outside it", () => {
    const [group] = groupShares([
      member("r1", { received: 100 }),
      member("r2", { received: 140 }),
      member("r3", { received: 60 }),
    ]);
    const deviations = 2 * Math.sqrt(100 * (1 - 1 / 3));
    expect(group?.received).toBe(300);
    expect(group?.band?.low).toBeCloseTo(100 - deviations, 0);
    expect(group?.band?.high).toBeCloseTo(100 + deviations, 0);
    expect(group?.outside.map(({ name }) => name)).toEqual(["r2", "r3"]);
  });

  test("does not judge members that came, left or moved while requests were counted", () => {
    const early = member("r1", { received: 100, firstReceivedAt: 2000 });
    const inTime = member("r2", { received: 90, firstReceivedAt: 2001, since: 1999 });
    const late = member("r3", { received: 10, firstReceivedAt: 3001, since: 3000 });
    const gone = member("r4", { received: 10, firstReceivedAt: 2002, state: "killed" });
    const judged = (members: Member[]) => groupShares(members)[0]?.band !== null;
    expect(judged([early, inTime])).toBe(true);
    expect(judged([early, late])).toBe(false);
    expect(judged([early, gone])).toBe(false);
    expect(groupShares([early, late])[0]).toMatchObject({ uneven: true, outside: [] });
  });

  test("no band where nothing is chosen: no queue group, a single member, or no request yet", () => {
    const bandOf = (members: Member[]) => groupShares(members)[0]?.band;
    expect(
      bandOf([member("r1", { queue: null, received: 5 }), member("r2", { queue: null, received: 5 })]),
    ).toBeNull();
    expect(bandOf([member("r1", { received: 5 })])).toBeNull();
    expect(bandOf([member("r1", {}), member("r2", {})])).toBeNull();
  });

  test("gives those outside their share of a queue group, and no band where their number is not known", () => {
    const members = [member("r1", { received: 150 }), member("r2", { received: 150 })];
    const [answered] = groupShares(members, () => ({ answered: 100, members: [], complete: true }));
    expect(answered).toMatchObject({ received: 300, shared: 400, band: null, outside: [] });
    const [listed] = groupShares(members, () => ({
      answered: 0,
      members: ["a program elsewhere"],
      complete: true,
    }));
    expect(listed).toMatchObject({ shared: 300, band: null });
    const plain = members.map((each) => ({ ...each, queue: null }));
    expect(
      groupShares(plain, () => ({ answered: 100, members: [], complete: true }))[0]?.elsewhere.answered,
    ).toBe(0);
  });
});
