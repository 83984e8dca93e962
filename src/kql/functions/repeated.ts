import { dynamicFrom, type KqlType } from '../../values/index.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction } from './row.ts';

/** Items that an array may have, as in `range()`. */
const MAX_ITEMS = 1_048_576n;

/** An array of one value many times: null for less than no times. */
const repeat: ScalarFunction = {
  name: 'repeat',
  page: 'repeat-function',
  nullable: true,
  evaluate: ([value = null, count = null], { name, argTypes: [type] }) => {
    if (count === null || (count as bigint) < 0n) return null;
    if ((count as bigint) > MAX_ITEMS) refuseToEvaluate(name, `gives arrays of up to ${MAX_ITEMS} items`);
    return Array.from({ length: Number(count) }, () => dynamicFrom(value, type as KqlType));
  },
};

/** `repeat`. */
export const repeatFunctions: readonly ScalarFunction[] = [repeat];
