import type { Group } from './verbs.ts';

/** `mailhunt policy VERB`: what happens to mail that fails. */
export const policy: Group = {
  usage: 'policy VERB [OPTIONS]',
  summary: 'What happens to mail that fails: rules, and why they say what they say.',
  example: 'policy explain suspicious.eml',
  verbs: {
    init: async () => (await import('./policy/init.ts')).init,
    check: async () => (await import('./policy/check.ts')).check,
    schema: async () => (await import('./policy/schema.ts')).schema,
    explain: async () => (await import('./policy/explain.ts')).explain,
    simulate: async () => (await import('./policy/simulate.ts')).simulate,
    export: async () => (await import('./policy/export.ts')).exportPolicy,
    import: async () => (await import('./policy/import.ts')).importPolicy,
  },
};
