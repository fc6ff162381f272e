/** As a Content-Security-Policy writes it: a scheme, a host or `*.` and a host, and a port or `*`. Never every site. */
const SITE = /^https?:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:(\d{1,5}|\*))?$/i;

/**
 * The sites whose pages may have this page in a frame and use its nats-server there, as the person who runs it wrote them: apart by
 * spaces or commas. Throws an error for people; `by` is how they said it.
 */
export function readFramers(text: string, by: string): readonly string[] {
  const sites = text.split(/[\s,]+/).filter(Boolean);
  for (const site of sites) {
    if (!SITE.test(site.replace(/\/$/, "")))
      throw new Error(`${by} names “${site}”, which is no site. A site is written https://course.example`);
  }
  return sites.map((site) => site.replace(/\/$/, "").toLowerCase());
}
