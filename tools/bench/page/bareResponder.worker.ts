// oxlint-disable-next-line no-restricted-imports -- the bare client is what Roundtrip is measured against
import { connect } from "nats.ws";
import type { ResponderOrder, WorkerAnswer } from "./messages.ts";

onmessage = async (message: MessageEvent<ResponderOrder>) => {
  const { url, subject, queue } = message.data;
  const nats = await connect({ servers: url });
  nats.subscribe(subject, { queue, callback: (_error, request) => void request.respond(request.data) });
  await nats.flush();
  const ready: WorkerAnswer = { type: "ready" };
  postMessage(ready);
};
