import { QRCodeSVG } from "qrcode.react";

/** Dark on white in either theme: cameras look for that. */
export function QrCode({ text }: { readonly text: string }) {
  return (
    <figure className="share-code">
      <QRCodeSVG value={text} size={232} level="L" marginSize={4} role="img" aria-label="QR code" />
      <figcaption>Scan to open this setup</figcaption>
    </figure>
  );
}
