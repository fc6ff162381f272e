/**
 * True for a reply subject that is a whole inbox: `_INBOX.<id>`, made up for one request alone. With one inbox for all requests a
 * token follows, which tells them apart.
 */
export const isInboxOfOne = (reply: string): boolean => /^_INBOX\.[^.*>]+$/.test(reply);
