/** An identifier, quoted. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
