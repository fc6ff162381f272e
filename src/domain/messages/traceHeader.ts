/** The header that asks each server (2.11 and newer) to report on what it does with a message, to the subject it names. */
export const TRACE_DESTINATION = "Nats-Trace-Dest";
