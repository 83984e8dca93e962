import type { Group } from './verbs.ts';

/** `mailhunt tokens`: what programs show instead of signing in. */
export const tokens: Group = {
  usage: 'tokens VERB [OPTIONS]',
  summary: 'Makes and revokes tokens for programs that ask the server: Kusto clients, Grafana, Prometheus.',
  example: 'tokens create grafana --rights query --expires 90d',
  verbs: {
    create: async () => (await import('./tokens/create.ts')).create,
    list: async () => (await import('./tokens/list.ts')).list,
    revoke: async () => (await import('./tokens/revoke.ts')).revoke,
  },
};
