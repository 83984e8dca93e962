import type { Group } from './verbs.ts';

/** `mailhunt policy VERB`: what happens to mail that fails. */
export const policy: Group = {
  usage: 'policy VERB [OPTIONS]',
  summary: 'What happens to mail that fails: rules, and why they say what they say.',
  example: 'policy explain suspicious.eml',
  verbs: {
    init: async () => (await import('./policy/init.ts')).init,
    check: async () => (await import('./policy/check.ts')).check,
    explain: async () => (await import('./policy/explain.ts')).explain,
  },
};
