import type { Plugin } from "vite";
import { metaContentSecurityPolicy } from "../server/policy.ts";

/** Puts the Content-Security-Policy into the built page itself, for static hosts that send no headers. */
export function policyPlugin(): Plugin {
  return {
    name: "roundtrip-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: metaContentSecurityPolicy() },
        injectTo: "head-prepend",
      },
    ],
  };
}
