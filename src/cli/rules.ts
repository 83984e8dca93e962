import type { Group } from './verbs.ts';

/** `mailhunt rules VERB`: everything about rule files, one file a verb. */
export const rules: Group = {
  usage: 'rules VERB [OPTIONS]',
  summary: 'Reads, checks, proves and publishes rules.',
  example: 'rules list',
  verbs: {
    list: async () => (await import('./rules/list.ts')).list,
    show: async () => (await import('./rules/show.ts')).show,
    import: async () => (await import('./rules/import.ts')).importRules,
    lint: async () => (await import('./rules/lint.ts')).lint,
    test: async () => (await import('./rules/test.ts')).test,
    run: async () => (await import('./rules/run.ts')).run,
    export: async () => (await import('./rules/export.ts')).exportCommand,
    doctor: async () => (await import('./rules/doctor.ts')).doctor,
    coverage: async () => (await import('./rules/coverage.ts')).coverage,
    witness: async () => (await import('./rules/witness.ts')).witness,
  },
};
