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
  {
    id: "auth-login",
    title: "Log in",
    description: "Checks a user's name and password and hands out a token for them.",
    subject: "auth.login",
    samplePayload: '{ "username": "admin", "password": "password123" }',
  },
  {
    id: "auth-verify",
    title: "Verify tokens",
    description: "Tells other services whether a token is valid, and whose it is.",
    subject: "auth.verify",
    samplePayload: '{ "token": "admin.845e5df9" }',
  },
  {
    id: "user-with-auth",
    title: "User lookup that asks for a token",
    description: "Looks a user up for those who bring a valid token: asks auth.verify before it answers.",
    subject: "user.get",
    samplePayload: '{ "token": "admin.845e5df9", "user_id": {{n}} }',
  },
  {
    id: "api-gateway",
    title: "API gateway",
    description: "Takes every request to api.> and passes it on to the service behind it: one door for all.",
    subject: "api.>",
    samplePayload: '{ "user_id": {{n}} }',
  },
  {
    id: "db-query",
    title: "Database queries",
    description: "Answers queries on two small tables, so that nobody else needs to know the database.",
    subject: "db.query",
    samplePayload: '{ "table": "orders", "where": { "user_id": 1 } }',
  },
  {
    id: "cache",
    title: "Cache",
    description: "Remembers what the database said for a few seconds, and asks it only when it must.",
    subject: "cache.get",
    samplePayload: '{ "key": "users:1" }',
  },
  {
    id: "service-health",
    title: "Health check",
    description: "Says that it is up, since when, and how often it was asked.",
    subject: "service.health",
    samplePayload: "{}",
  },
  {
    id: "payment",
    title: "Payment, booked each time",
    description:
      "Books a payment each time it is asked to, also when a retry asks a second time for the same one.",
    subject: "payment.process",
    samplePayload: '{ "amount": 10 }',
  },
  {
    id: "payment-idempotent",
    title: "Payment, booked once",
    description:
      "Books a payment once however often it is asked to: a retry gets the reply of the first time.",
    subject: "payment.process",
    samplePayload: '{ "amount": 10 }',
  },
];
