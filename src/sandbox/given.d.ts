/** Of src/domain/messages: their text stands before that of the runtime, see src/workers/links/sandboxLink.ts. */
declare const withoutJsonForm: (value: unknown) => string | null;
declare const logWords: (part: unknown) => string;
