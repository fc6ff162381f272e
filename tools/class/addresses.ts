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

/** A home's or a school's network comes before those that containers and virtual machines make. */
function rank(address: string): number {
  if (address.startsWith("192.168.")) return 0;
  if (address.startsWith("10.")) return 1;
  return 2;
}
