import { QRCodeSVG } from "qrcode.react";

const ON_THIS_MACHINE =
  "This link works on this machine only. So that others can open it, start Roundtrip with npm start -- --class.";

const isLoopback = (link: string): boolean => /^(localhost|127\.|\[::1\])/.test(new URL(link).hostname);

/** Dark on white in either theme: cameras look for that. */
export function QrCode({ text }: { readonly text: string }) {
  return (
    <figure className="share-code">
      <QRCodeSVG value={text} size={232} level="L" marginSize={4} role="img" aria-label="QR code" />
      <figcaption>{isLoopback(text) ? ON_THIS_MACHINE : "Scan to open this setup"}</figcaption>
    </figure>
  );
}
