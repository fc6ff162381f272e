import type { Plugin } from "vite";

/** A piece of nats.ws's one file, from the first of its words to the last, and what is put in its place. */
interface Piece {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly instead: string;
}

/**
 * What hangs on the connection that is not core NATS (JetStream, key-value and object stores, services) and what cannot be asked for
 * here: signing with nkeys, and the hashes of object stores. It is all in one file, and no bundler can leave it out by itself:
 * the connection's methods lead to the first, and the others run when the file is loaded.
 */
const PIECES: readonly Piece[] = [
  {
    what: "SHA-256",
    from: "\nfunction t(t, e) {\n",
    to: "\nvar U = x.exports, z = x.exports.sha224, J = x.exports.sha256;\n",
    instead: "\nvar U, z, J;\n",
  },
  {
    what: "nkeys",
    from: "\n(function(nacl) {\n",
    to: "\n    randomBytes: nacl.randomBytes\n};\n",
    instead: "\nconst denoHelper = {};\n",
  },
  {
    what: "jetstreamManager",
    from: "\n    async jetstreamManager(opts = {}) {\n        const adm = ",
    to: "\n    }\n",
    instead: "\n",
  },
  {
    what: "jetstream",
    from: "\n    jetstream(opts = {}) {\n        return new ",
    to: "\n    }\n",
    instead: "\n",
  },
  {
    what: "services",
    from: "\n    get services() {\n",
    to: "\n    }\n",
    instead: "\n",
  },
];

/** nats.ws without them. Throws when one is not where it was. */
export function coreOf(code: string): string {
  let core = code;
  for (const { what, from, to, instead } of PIECES) {
    const start = core.indexOf(from);
    const end = core.indexOf(to, start + 1);
    if (start < 0 || end < 0 || core.includes(from, start + 1))
      throw new Error(`nats.ws does not have “${what}” where it was: see what it has instead.`);
    core = core.slice(0, start) + instead + core.slice(end + to.length);
  }
  return core;
}

/** Builds workers without them: half of nats.ws, which each worker would load and read. */
export const coreNatsPlugin = (): Plugin => ({
  name: "core-nats",
  apply: "build",
  transform: {
    filter: { id: /nats\.ws[\\/]esm[\\/]nats\.js$/ },
    handler: (code) => ({ code: coreOf(code), map: null }),
  },
});
