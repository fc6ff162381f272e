import type { RequesterSetup, ResponderSetup } from "../domain/setup/setup.ts";
import { goRequester, goResponder } from "./go.ts";
import { natsRequester, natsResponder } from "./nats.ts";
import type { HandlerSource, Language, Program, ServerPlace } from "./program.ts";
import { pythonRequester, pythonResponder } from "./python.ts";
import { typescriptRequester, typescriptResponder } from "./typescript.ts";

const REQUESTERS = {
  typescript: typescriptRequester,
  python: pythonRequester,
  go: goRequester,
  cli: natsRequester,
} as const;

const RESPONDERS = {
  typescript: typescriptResponder,
  python: pythonResponder,
  go: goResponder,
  cli: natsResponder,
} as const;

/** A complete program that asks as a requester of the page does. */
export const requesterProgram = (language: Language, setup: RequesterSetup, server: ServerPlace): Program =>
  REQUESTERS[language](setup, server);

/** A complete program that answers as a responder of the page does, or says where it only stands in for its handler. */
export const responderProgram = (
  language: Language,
  setup: ResponderSetup,
  server: ServerPlace,
  handler: HandlerSource,
): Program => RESPONDERS[language](setup, server, handler);
