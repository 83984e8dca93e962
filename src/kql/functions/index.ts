/** The function table: every scalar function and operator of KQL that runs, a family a file. */
import { arithmeticFunctions } from './arithmetic.ts';
import { arrayShapeFunctions } from './array-shapes.ts';
import { arrayFunctions } from './arrays.ts';
import { bagFunctions } from './bags.ts';
import { betweenFunctions } from './between.ts';
import { binaryFunctions } from './binary.ts';
import { codePointFunctions } from './code-points.ts';
import { comparisonFunctions } from './comparison.ts';
import { conditionalFunctions } from './conditional.ts';
import { conversionFunctions } from './conversions.ts';
import { datetimeFunctions } from './datetime.ts';
import { datetimeMakeFunctions } from './datetime-make.ts';
import { datetimeUnitFunctions } from './datetime-units.ts';
import { emptinessFunctions } from './emptiness.ts';
import { encodingFunctions } from './encoding.ts';
import { hashFunctions } from './hashes.ts';
import { ipFunctions } from './ip.ts';
import { ipSearchFunctions } from './ip-search.ts';
import { jsonPathFunctions } from './json-path.ts';
import { logicFunctions } from './logic.ts';
import { mathFunctions } from './math.ts';
import { memberFunctions } from './members.ts';
import { membershipFunctions } from './membership.ts';
import { rangeFunctions } from './range.ts';
import { regexFunctions } from './regex.ts';
import { roundingFunctions } from './rounding.ts';
import type { ScalarFunction } from './row.ts';
import { searchFunctions } from './search.ts';
import { stringMatchFunctions } from './string-match.ts';
import { stringsFunctions } from './strings.ts';
import { timeFormatFunctions } from './time-format.ts';
import { urlFunctions } from './url.ts';

export { toDynamicSql } from './dynamic-json.ts';
export { expansionSql } from './expansion.ts';
export { aggregateSql, HOST_AGGREGATE, HOST_CALL, scalarSql } from './host-call.ts';
export { fromHostTextSql, hostTextOfValue, hostTextSql, valueOfHostText } from './host-text.ts';
export type { AggregateFunction, EvaluateCall, ScalarFunction, SqlArg, SqlCall } from './row.ts';
export { sqlLiteral } from './sql-literal.ts';

const families: readonly (readonly ScalarFunction[])[] = [
  arithmeticFunctions,
  arrayFunctions,
  arrayShapeFunctions,
  bagFunctions,
  betweenFunctions,
  binaryFunctions,
  codePointFunctions,
  comparisonFunctions,
  conditionalFunctions,
  conversionFunctions,
  datetimeMakeFunctions,
  datetimeUnitFunctions,
  datetimeFunctions,
  emptinessFunctions,
  encodingFunctions,
  hashFunctions,
  ipFunctions,
  ipSearchFunctions,
  jsonPathFunctions,
  logicFunctions,
  mathFunctions,
  memberFunctions,
  membershipFunctions,
  rangeFunctions,
  regexFunctions,
  roundingFunctions,
  searchFunctions,
  stringMatchFunctions,
  stringsFunctions,
  timeFormatFunctions,
  urlFunctions,
];

const table = new Map<string, ScalarFunction>();
for (const row of families.flat()) {
  if (table.has(row.name)) throw new Error(`two rows for the function ${row.name}`);
  table.set(row.name, row);
}

/** The row of a function or operator by KQL's name, or undefined where there is none. */
export const scalarFunction = (name: string): ScalarFunction | undefined => table.get(name);

/** All rows, for the support table and the tests. */
export const scalarFunctions: readonly ScalarFunction[] = [...table.values()];
