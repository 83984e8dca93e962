/**
 * What somebody may do. A route names the one it needs.
 *
 * - `anyone`: health, sign-in, the page's own files.
 * - `query`: read rows, run hunts, look at rules and trends, investigate.
 * - `bodies`: read what people wrote: a message's source, whole header, body and attachments.
 * - `edit`: change rules, stored functions and saved queries of all.
 * - `respond`: what changes how mail is treated: block entries, purge lists.
 * - `append`: write rows (mailhunt's own commands).
 * - `admin`: users, tokens, audit log, metrics.
 * - `upkeep`: a backup of all, the removal of a person's data. An administrator who has signed in, or the store's owner by a
 *   command; never just anybody on this machine.
 */
export type Right = 'anyone' | 'query' | 'bodies' | 'edit' | 'respond' | 'append' | 'admin' | 'upkeep';

/** Roles and what each may do. `bodies` belongs to none: it is given by name. */
export const rightsOfRoles = {
  reader: ['anyone', 'query'],
  hunter: ['anyone', 'query', 'edit'],
  responder: ['anyone', 'query', 'edit', 'respond'],
  admin: ['anyone', 'query', 'edit', 'respond', 'admin', 'upkeep'],
} as const satisfies Readonly<Record<string, readonly Right[]>>;

export type Role = keyof typeof rightsOfRoles;

/** Who sent a request. */
export interface Principal {
  /** As it stands in the audit log. */
  readonly name: string;
  /** `owner`: a command with the store's token; `local`: nobody has to sign in on this machine (no accounts are set). */
  readonly kind: 'user' | 'token' | 'owner' | 'local' | 'nobody';
  readonly rights: ReadonlySet<Right>;
}
