import { buildEmbedded } from "./buildEmbedded.ts";

/** `npm run build:embedded`. */
try {
  const { version, go, size, gzip, brotli } = await buildEmbedded((line) => console.log(line));
  const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  console.log(
    `nats-server ${version} for the browser, built with ${go}: ${mb(size)}, fetched as ${mb(brotli)} (brotli) or ${mb(gzip)} (gzip)`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
