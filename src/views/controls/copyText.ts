/** Puts a text on the clipboard: whether the browser let that happen. Only while it handles a click or a key. */
export async function copyText(text: string): Promise<boolean> {
  // Absent where the page did not come over a secure connection, and refused in some frames.
  const { clipboard } = navigator as Partial<Navigator>;
  if (!clipboard) return copyByEvent(text);
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    return copyByEvent(text);
  }
}

/** Copies as the key for it would. */
function copyByEvent(text: string): boolean {
  let copied = false;
  const give = (event: ClipboardEvent): void => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
    copied = event.clipboardData !== null;
  };
  document.addEventListener("copy", give, { capture: true, once: true });
  // Deprecated, and the only way without a secure connection.
  document.execCommand("copy");
  document.removeEventListener("copy", give, { capture: true });
  return copied;
}
