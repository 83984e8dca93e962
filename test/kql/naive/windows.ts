import type { WindowCall } from '../../../src/kql/plan/index.ts';
import { addDecimals, type Value } from '../../../src/values/index.ts';
import { identity } from './identity.ts';
import type { Row } from './rows.ts';
import type { Scalars } from './scalars.ts';

/** The arguments of a call in each row, in order. */
type Arguments = readonly (readonly Value[])[];

/** A window call's value in each row. */
export function windowValues(call: WindowCall, rows: readonly Row[], { value }: Scalars): Value[] {
  const window = windows[call.name];
  if (window === undefined) throw new Error(`the window function ${call.name} is not known here`);
  return window(
    rows.map((row) => call.args.map((arg) => value(arg, row))),
    call,
  );
}

/** The rows up to each row, from the last one that starts the function anew. */
const since = (args: Arguments, at: number, restart: number): Arguments => {
  let start = 0;
  for (let i = 0; i <= at; i++) if (args[i]![restart] === true) start = i;
  return args.slice(start, at + 1);
};

/** The places in a run of rows where the first argument is not that of the row before; the first is one. */
const changes = (run: Arguments, { args: [term] }: WindowCall): number[] =>
  run.flatMap(([value], i) =>
    i === 0 || identity(value!, term!.type) !== identity(run[i - 1]![0]!, term!.type) ? [i] : [],
  );

const neighbour =
  (way: 1 | -1) =>
  (args: Arguments, { type }: WindowCall): Value[] =>
    args.map(([, offset, fallback], i) => {
      const other = args[i + way * Number(offset)];
      return other === undefined ? (fallback ?? (type === 'string' ? '' : null)) : other[0]!;
    });

function sumOf(values: readonly Value[], { type }: WindowCall): Value {
  const present = values.filter((value) => value !== null);
  if (type === 'decimal') return present.reduce((sum: Value, value) => addDecimals(String(sum), String(value)), '0');
  if (type === 'real') return (present as number[]).reduce((sum, value) => sum + value, 0);
  return (present as bigint[]).reduce((sum, value) => sum + value, 0n);
}

const windows: Readonly<Record<string, (args: Arguments, call: WindowCall) => Value[]>> = {
  row_number: (args) => args.map(([start], i) => BigInt(since(args, i, 1).length - 1) + ((start ?? 1n) as bigint)),
  row_rank_dense: (args, call) => args.map((_, i) => BigInt(changes(since(args, i, 1), call).length)),
  row_rank_min: (args, call) => args.map((_, i) => BigInt(changes(since(args, i, 1), call).at(-1)! + 1)),
  row_cumsum: (args, call) =>
    args.map((_, i) =>
      sumOf(
        since(args, i, 1).map(([value]) => value!),
        call,
      ),
    ),
  prev: neighbour(-1),
  next: neighbour(1),
};
