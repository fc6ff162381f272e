/** The built-in handlers as forms show them. Each is the file `<id>.js` beside this one. */
export interface HandlerEntry {
  readonly id: string;
  readonly title: string;
  /** The first line of its file. */
  readonly description: string;
  /** Where it usually listens. */
  readonly subject: string;
  /** A request that suits it, as a payload template. */
  readonly samplePayload: string;
}

export const HANDLERS: readonly HandlerEntry[] = [
  {
    id: "user-lookup",
    title: "User lookup",
    description: "Looks a user up by user_id and finds one for every id.",
    subject: "user.get",
    samplePayload: '{ "user_id": {{n}} }',
  },
  {
    id: "user-validating",
    title: "User lookup that checks requests",
    description: "Looks a user up, but first checks the request, and says what is wrong with it.",
    subject: "user.get",
    samplePayload: '{ "user_id": {{random 1 1200}} }',
  },
  {
    id: "echo",
    title: "Echo",
    description: "Sends every request back as it came.",
    subject: "echo",
    samplePayload: '{ "hello": {{n}} }',
  },
  {
    id: "failing",
    title: "Always failing",
    description: "Fails every time, as a service does whose database is down.",
    subject: "user.get",
    samplePayload: '{ "user_id": {{n}} }',
  },
];
