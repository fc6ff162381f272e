import { Host, type Port } from "../inTab/host.ts";

// Runs the nats-server for this browser: in a shared worker for all its tabs, where there are such, else for one.
const scope: unknown = globalThis;
if (isShared(scope)) {
  const host = new Host(true);
  scope.onconnect = ({ ports: [port] }) => {
    if (port) host.add(port as Port); // what comes through it is this module's to define
  };
} else {
  new Host(false).add(scope as Port); // a worker's own scope is the port to its page
}

function isShared(worker: unknown): worker is SharedWorkerGlobalScope {
  return typeof worker === "object" && worker !== null && "onconnect" in worker;
}
