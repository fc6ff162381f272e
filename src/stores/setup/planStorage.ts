import { parseLoadPlan } from "../../domain/load/loadPlanSchema.ts";
import { browserStorage } from "../page/browserStorage.ts";
import { DEFAULT_PLAN } from "../../domain/setup/defaultSetup.ts";
import { peersStore, type RequesterPeer } from "../peers/peersStore.ts";

/** The loads that requesters have planned, by their names. No scenario holds them: a load is an action, not part of the setup. */
const KEY = "roundtrip.plans";

/** Gives each requester the plan that it had at the last visit. */
export function restorePlans(): void {
  let kept: unknown;
  try {
    kept = JSON.parse(browserStorage().getItem(KEY) ?? "{}");
  } catch {
    return;
  }
  if (typeof kept !== "object" || kept === null) return;
  const planOf = (name: string): unknown => (Object.hasOwn(kept, name) ? Reflect.get(kept, name) : null);
  peersStore.setState(({ requesters }) => ({
    requesters: requesters.map((peer) => ({
      ...peer,
      plan: parseLoadPlan(planOf(peer.setup.name)) ?? peer.plan,
    })),
  }));
}

/** Keeps plans as they change. */
export function keepPlans(): void {
  let last: readonly RequesterPeer[] = [];
  peersStore.subscribe(({ requesters }) => {
    const same = ({ plan, setup }: RequesterPeer, at: number): boolean =>
      plan === last[at]?.plan && setup.name === last[at].setup.name;
    if (requesters.length === last.length && requesters.every(same)) return;
    last = requesters;
    const planned = requesters.filter(({ plan }) => plan !== DEFAULT_PLAN);
    const plans = Object.fromEntries(planned.map(({ setup, plan }) => [setup.name, plan]));
    browserStorage().setItem(KEY, JSON.stringify(plans));
  });
}
