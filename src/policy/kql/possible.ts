import { MailhuntError } from '../../errors/index.ts';
import { evaluate, type Row, type Scalar } from '../../kql/index.ts';

/** What is known of a predicate over a row of which only some columns are known: it may hold; it holds whatever the others are. */
export interface Possible {
  readonly may: boolean;
  readonly surely: boolean;
}

const open: Possible = { may: true, surely: false };
const known = (holds: boolean): Possible => ({ may: holds, surely: holds });

/**
 * Whether a predicate may hold, and whether it must, for rows that have these columns and any others. Never says too much:
 * where two unknown parts hang together, it says that both are possible.
 *
 * @param row the columns that are known
 * @example possibleOf(scalarOf('Subject has "x" and AuthenticationDetails has "fail"'), new Map([['Subject', 'y']])).may // false
 */
export function possibleOf(scalar: Scalar, row: Row): Possible {
  if (columnsOf(scalar).every((name) => row.has(name))) return answerOf(scalar, row);
  if (scalar.kind !== 'call') return open;
  const operands = () => scalar.args.map((one) => possibleOf(one, row));
  switch (scalar.name) {
    case 'and':
      return { may: operands().every(({ may }) => may), surely: operands().every(({ surely }) => surely) };
    case 'or':
      return { may: operands().some(({ may }) => may), surely: operands().some(({ surely }) => surely) };
    case 'not': {
      // What is null is neither it nor its opposite.
      const [one = open] = operands();
      return { may: !one.surely, surely: false };
    }
    default:
      return open;
  }
}

function answerOf(scalar: Scalar, row: Row): Possible {
  try {
    return known(evaluate(scalar, row) === true);
  } catch (error) {
    if (error instanceof MailhuntError) return open;
    throw error;
  }
}

/** The columns that a scalar reads. */
export const columnsOf = (scalar: Scalar): readonly string[] => {
  if (scalar.kind === 'column') return [scalar.name];
  return scalar.kind === 'call' ? scalar.args.flatMap(columnsOf) : [];
};
