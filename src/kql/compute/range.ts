import type { PlanData } from '../plan/index.ts';
import type { Operation, Rows } from './operation.ts';

interface Options {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** `range` over real: each value is the one before it and the step. Lowering has seen to it that these end. */
function run(_: readonly Rows[], data: PlanData): number[][] {
  const { from, to, step } = data as unknown as Options;
  const values: number[][] = [];
  for (let value = from; step > 0 ? value <= to : value >= to; value += step) values.push([value]);
  return values;
}

/** `range` over real numbers. */
export const rangeOperations: readonly Operation[] = [{ name: 'range', page: 'range-operator', run }];
