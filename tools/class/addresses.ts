import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";

/** The addresses by which others in the same network reach this machine, the likeliest first. */
export function networkAddresses(interfaces = networkInterfaces()): readonly string[] {
  const found = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .filter(({ internal, address }) => !internal && isIPv4(address) && !address.startsWith("169.254."))
    .map(({ address }) => address);
  return [...new Set(found)].toSorted((a, b) => rank(a) - rank(b));
}

/** The addresses at which a class joins: the one that was asked for, or all that this machine has. Throws an error for people. */
export function joinAddresses(asked: string | null, has = networkAddresses()): readonly string[] {
  if (asked === null) return has;
  if (has.includes(asked)) return [asked];
  const there = has.length === 0 ? "It has none that others could reach." : `It has ${has.join(", ")}.`;
  throw new Error(`--host is “${asked}”, which is no address of this machine. ${there}`);
}

/** A home's or a school's network comes before those that containers and virtual machines make. */
function rank(address: string): number {
  if (address.startsWith("192.168.")) return 0;
  if (address.startsWith("10.")) return 1;
  return 2;
}
