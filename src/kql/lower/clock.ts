import type { Syntax } from '../parse/index.ts';
import { literal, type Scalar } from '../plan/index.ts';
import { apply } from './apply.ts';
import type { Environment } from './environment.ts';

type ClockFunction = (node: Syntax, args: readonly Scalar[], env: Environment) => Scalar;

const now = (env: Environment): Scalar => literal('datetime', env.context.now);

/** The functions that ask the time: one instant for the whole query, from the context. */
export const clockFunctions: Readonly<Record<string, ClockFunction>> = {
  now: (node, args, env) => (args[0] === undefined ? now(env) : apply(node, '+', 'datetime', [now(env), args[0]])),
  ago: (node, args, env) => apply(node, '-', 'datetime', [now(env), args[0]!]),
};
