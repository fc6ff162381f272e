import { expect, test } from "vitest";
import { joinAddresses, networkAddresses } from "./addresses.ts";

const at = (address: string, internal = false) =>
  ({ address, internal, family: "IPv4", netmask: "", mac: "", cidr: null }) as const;

test("what others reach comes first, what nobody else reaches not at all", () => {
  const interfaces = {
    lo: [at("127.0.0.1", true)],
    docker0: [at("172.17.0.1")],
    eth0: [at("169.254.7.7"), at("10.0.0.5")],
    wlan0: [at("192.168.1.20"), at("192.168.1.20")],
  };
  expect(networkAddresses(interfaces)).toEqual(["192.168.1.20", "10.0.0.5", "172.17.0.1"]);
});

test("an address that the machine has not is refused by name, with those that it has", () => {
  const has = ["192.168.1.20", "10.0.0.5"];
  expect(joinAddresses(null, has)).toEqual(has);
  expect(joinAddresses("10.0.0.5", has)).toEqual(["10.0.0.5"]);
  expect(() => joinAddresses("10.9.9.9", has)).toThrow(
    "--host is “10.9.9.9”, which is no address of this machine. It has 192.168.1.20, 10.0.0.5.",
  );
  expect(() => joinAddresses("10.9.9.9", [])).toThrow("It has none that others could reach.");
});
