/**
 * Presses “Export results” and takes what would have been downloaded: a browser does not download without end. Runs in the page, so
 * it sees nothing around it.
 */
export function takeExport(): Promise<string> {
  return new Promise((resolve, reject) => {
    const create = URL.createObjectURL;
    const follow = HTMLAnchorElement.prototype.click;
    URL.createObjectURL = (blob) => {
      URL.createObjectURL = create;
      if (blob instanceof Blob) blob.text().then(resolve, reject);
      return create(blob);
    };
    HTMLAnchorElement.prototype.click = () => {
      HTMLAnchorElement.prototype.click = follow;
    };
    const button = document.querySelector<HTMLButtonElement>('button[aria-label="Export results"]');
    if (button) button.click();
    else reject(new Error("There is no button “Export results”."));
  });
}
