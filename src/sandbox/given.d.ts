/** `src/domain/messages/jsonForm.ts`: its text stands before that of the runtime, see src/workers/sandboxLink.ts. */
declare const withoutJsonForm: (value: unknown) => string | null;
