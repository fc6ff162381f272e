/** Epoch milliseconds with a fraction, on the page's clock. */
export type Instant = number;
