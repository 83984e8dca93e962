import type { Group } from './verbs.ts';

/** `mailhunt quarantine VERB`: the messages that the gate keeps from their recipients. */
export const quarantine: Group = {
  usage: 'quarantine VERB [OPTIONS]',
  summary: 'Lists, shows, releases and removes the messages that the gate keeps.',
  example: 'quarantine list',
  verbs: {
    list: async () => (await import('./quarantine/list.ts')).list,
    show: async () => (await import('./quarantine/show.ts')).show,
    release: async () => (await import('./quarantine/release.ts')).release,
    remove: async () => (await import('./quarantine/remove.ts')).remove,
  },
};
