import { MailhuntError } from '../../errors/index.ts';

/** A query as clients of Log Analytics send it. */
export interface WorkspaceQuery {
  readonly query: string;
  /** ISO 8601; undefined where none was given. */
  readonly timespan: string | undefined;
  readonly prefer: Preferences;
}

/** What the header `Prefer` asks for. */
export interface Preferences {
  /** Seconds. */
  readonly wait: number;
  readonly statistics: boolean;
  readonly render: boolean;
}

/** The longest wait in seconds; three minutes where nothing is asked. */
const MAX_WAIT = 600;
const WAIT = 180;

/**
 * Reads the members `query` and `timespan`, of a body or of the address. Throws HTTP0002. `workspaces` names others to ask
 * as well: there is one store here.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/logs/api/request-format
 */
export function readWorkspaceQuery(
  members: Readonly<Record<string, unknown>>,
  prefer: string,
  path: string,
): WorkspaceQuery {
  const { query, timespan } = members;
  const refuse = (text: string): never => {
    throw new MailhuntError('HTTP0002', { path, text });
  };
  if (typeof query !== 'string' || query.trim() === '') return refuse('query must be the text of a query');
  if (timespan !== undefined && timespan !== null && typeof timespan !== 'string')
    return refuse('timespan must be a text');
  return { query, timespan: timespan || undefined, prefer: readPrefer(prefer) };
}

/** @example readPrefer('wait=180,include-statistics=true') // { wait: 180, statistics: true, render: false } */
export function readPrefer(header: string): Preferences {
  const said = new Map(header.split(/[,;]/).map((part) => part.trim().split('=', 2) as [string, string | undefined]));
  const wait = Number(said.get('wait'));
  return {
    wait: Number.isInteger(wait) && wait > 0 ? Math.min(wait, MAX_WAIT) : WAIT,
    statistics: said.get('include-statistics') === 'true',
    render: said.get('include-render') === 'true',
  };
}
