import type { RequesterSetup, ResponderSetup } from "../domain/setup/setup.ts";
import { cliRequester } from "./cliRequester.ts";
import { cliResponder } from "./cliResponder.ts";
import { goRequester } from "./goRequester.ts";
import { goResponder } from "./goResponder.ts";
import type { HandlerSource, Language, Program, ServerPlace } from "./program.ts";
import { pythonRequester } from "./pythonRequester.ts";
import { pythonResponder } from "./pythonResponder.ts";
import { typescriptRequester } from "./typescriptRequester.ts";
import { typescriptResponder } from "./typescriptResponder.ts";

const REQUESTERS = {
  typescript: typescriptRequester,
  python: pythonRequester,
  go: goRequester,
  cli: cliRequester,
} as const;

const RESPONDERS = {
  typescript: typescriptResponder,
  python: pythonResponder,
  go: goResponder,
  cli: cliResponder,
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
