import type { Group } from './verbs.ts';

/** `mailhunt lab VERB`: the scenarios by which rules are proved. */
export const lab: Group = {
  usage: 'lab VERB [OPTIONS]',
  summary: 'Known attacks and the harmless mail that they imitate, made up with keys and DNS.',
  example: 'lab list',
  verbs: {
    list: async () => (await import('./lab/list.ts')).list,
    show: async () => (await import('./lab/show.ts')).show,
    build: async () => (await import('./lab/build.ts')).build,
  },
};
