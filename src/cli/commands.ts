import type { Loaders } from './verbs.ts';

/** The commands by name; each is loaded when it is asked for. */
export const commands: Loaders = {
  query: async () => (await import('./query.ts')).query,
  explain: async () => (await import('./explain.ts')).explain,
  fmt: async () => (await import('./fmt.ts')).fmt,
  tables: async () => (await import('./tables.ts')).tables,
  ingest: async () => (await import('./ingest.ts')).ingest,
  auth: async () => (await import('./auth.ts')).auth,
  investigate: async () => (await import('./investigate.ts')).investigate,
  serve: async () => (await import('./serve.ts')).serve,
  users: async () => (await import('./users.ts')).users,
  tokens: async () => (await import('./tokens.ts')).tokens,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
  purge: async () => (await import('./purge.ts')).purge,
  lab: async () => (await import('./lab.ts')).lab,
  gateway: async () => (await import('./gateway.ts')).gateway,
  quarantine: async () => (await import('./quarantine.ts')).quarantine,
  policy: async () => (await import('./policy.ts')).policy,
  rules: async () => (await import('./rules.ts')).rules,
};
