/** How the labels of axes look. */
export const AXIS = { fontSize: "0.69rem", fill: "var(--ink-faint)" } as const;
