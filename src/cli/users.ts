import type { Group } from './verbs.ts';

/** `mailhunt users`: who may sign in. */
export const users: Group = {
  usage: 'users VERB [OPTIONS]',
  summary: 'Says who may sign in to the server and what he may do; a running server follows at once.',
  example: 'users add ada --role admin',
  verbs: {
    add: async () => (await import('./users/add.ts')).add,
    list: async () => (await import('./users/list.ts')).list,
    change: async () => (await import('./users/change.ts')).change,
    passwd: async () => (await import('./users/passwd.ts')).passwd,
    disable: async () => (await import('./users/disable.ts')).disable,
    enable: async () => (await import('./users/disable.ts')).enable,
    remove: async () => (await import('./users/remove.ts')).remove,
  },
};
