import { kindOf, listOf, type Syntax, spanOf } from '../../parse/index.ts';
import type { Plan } from '../../plan/index.ts';
import { fingerprint, type LearnedColumn, OpenColumns, type Question } from '../../stages/index.ts';
import type { Environment } from '../environment.ts';

/** The columns that stand behind a plugin's call: written by a person, or learned. */
export interface SchemaClause {
  /** The names that are written out. */
  readonly names: ReadonlySet<string>;
  /** Whether `*` stands for the columns of the input. */
  readonly star: boolean;
  /** What is known of columns that were learned; undefined where a person wrote them. */
  readonly learned: ReadonlyMap<string, LearnedColumn> | undefined;
}

/** Reads the columns behind a plugin's call; where there are none, or none for this input, they are asked for. */
export function schemaClause(node: Syntax, question: Question, env: Environment): SchemaClause {
  const { start, length } = spanOf(node.FunctionCall);
  const learned = env.learned.at(start + length);
  const plugin = String(node.FunctionCall.Name.SimpleName);
  const isOpen = learned === undefined ? !node.Schema : !knows(learned.inputs, question.plan);
  if (isOpen) throw new OpenColumns(plugin, { start, length }, question);
  const columns = listOf(node.Schema.Schema.Columns).filter((column) => kindOf(column) === 'NameAndTypeDeclaration');
  return {
    names: new Set(columns.map((column) => String(column.Name.SimpleName))),
    star: /^\s*\(\s*\*/.test(String(node.Schema.Schema)),
    learned: learned && new Map(learned.columns.map((column) => [column.name, column])),
  };
}

const knows = (inputs: ReadonlySet<string>, plan: Plan): boolean => inputs.has(fingerprint(plan));
