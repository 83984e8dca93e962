import type { Command } from './command.ts';

/** The commands by name; each is loaded when it is asked for. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  query: async () => (await import('./query.ts')).query,
  explain: async () => (await import('./explain.ts')).explain,
  fmt: async () => (await import('./fmt.ts')).fmt,
  tables: async () => (await import('./tables.ts')).tables,
  ingest: async () => (await import('./ingest.ts')).ingest,
  auth: async () => (await import('./auth.ts')).auth,
  serve: async () => (await import('./serve.ts')).serve,
};
