import { invalid, listOf, type Syntax } from '../parse/index.ts';
import { literal, type Scalar } from '../plan/index.ts';
import type { Environment } from './environment.ts';
import { lowerIngestionTime } from './ingestion-time.ts';

type LowerCall = (node: Syntax, env: Environment) => Scalar;

/** The condition is a constant and true, or the query is refused with the message. */
const assert: LowerCall = (node, env) => {
  const [condition, message] = listOf(node.ArgumentList.Expressions).map((arg) => env.scalar(arg, env));
  if (condition?.kind !== 'literal' || message?.kind !== 'literal')
    return invalid(node, 'assert()', 'needs a condition and a message that are constant');
  if (condition.value === true) return condition;
  return invalid(node, 'assert()', `has failed with message: '${message.value}'`);
};

/** The one cluster that there is, by the name under which `cluster()` knows it. */
const CLUSTER = 'local';

const absent: Readonly<Record<string, string>> = {
  current_principal: 'nobody signs in here',
  current_principal_details: 'nobody signs in here',
  current_principal_is_member_of: 'nobody signs in here',
  cursor_after: 'there are no database cursors here; compare a time column',
  cursor_before_or_at: 'there are no database cursors here; compare a time column',
  cursor_current: 'there are no database cursors here',
  current_cursor: 'there are no database cursors here',
  hash_combine: 'how Kusto combines hashes is told nowhere; hash(strcat_delim(…)) tells rows apart as well',
  hash_many: 'how Kusto combines hashes is told nowhere; hash(strcat_delim(…)) tells rows apart as well',
  parse_user_agent: 'the list of known browsers and devices is not part of this program',
};

/** The functions that ask where and for whom a query runs, `assert`, and those that cannot have a sense here, with the reason. */
export const sessionCalls: ReadonlyMap<string, LowerCall> = new Map<string, LowerCall>([
  ['assert', assert],
  ['ingestion_time', lowerIngestionTime],
  ['current_database', (_, env) => literal('string', env.context.catalog.database)],
  ['current_cluster_endpoint', () => literal('string', CLUSTER)],
  ...Object.entries(absent).map(([name, reason]): [string, LowerCall] => [name, (node) => invalid(node, name, reason)]),
]);
