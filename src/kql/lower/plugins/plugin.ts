import type { Syntax } from '../../parse/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { Environment } from '../environment.ts';

/** Lowers one plugin; `node` is the whole `evaluate` operator, its arguments are read with `argumentsOf`. */
export type LowerPlugin = (node: Syntax, input: Plan, env: Environment) => Plan;
