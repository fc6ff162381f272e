import { findNatsServer, NATS_SERVER_VARIABLE } from "../nats/findNatsServer.ts";

/** Finds or fetches nats-server once for all tests, which inherit the variable. */
export default async function unitSetup(): Promise<void> {
  const { path } = await findNatsServer({ say: (line) => console.log(line) });
  process.env[NATS_SERVER_VARIABLE] = path;
}
