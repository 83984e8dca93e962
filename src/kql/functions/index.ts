/** The function table: every scalar function and operator of KQL that runs, a family a file. */
import { aliasFunctions } from './aliases.ts';
import { arithmeticFunctions } from './arithmetic.ts';
import { aroundFunctions } from './around.ts';
import { arrayShapeFunctions } from './array-shapes.ts';
import { arrayFunctions } from './arrays.ts';
import { bagFunctions } from './bags.ts';
import { base64ValueFunctions } from './base64-values.ts';
import { betweenFunctions } from './between.ts';
import { binaryFunctions } from './binary.ts';
import { byteSizeFunctions } from './byte-size.ts';
import { codePointFunctions } from './code-points.ts';
import { commandLineFunctions } from './command-line.ts';
import { comparisonFunctions } from './comparison.ts';
import { compressionFunctions } from './compression.ts';
import { conditionalFunctions } from './conditional.ts';
import { conversionFunctions } from './conversions.ts';
import { csvFunctions } from './csv-record.ts';
import { datetimeFunctions } from './datetime.ts';
import { datetimeMakeFunctions } from './datetime-make.ts';
import { datetimeUnitFunctions } from './datetime-units.ts';
import { digestFunctions } from './digests.ts';
import { distributionFunctions } from './distributions.ts';
import { domainNameFunctions } from './domain-names.ts';
import { dynamicShapeFunctions } from './dynamic-shape.ts';
import { emptinessFunctions } from './emptiness.ts';
import { encodingFunctions } from './encoding.ts';
import { fastHashFunctions } from './fast-hashes.ts';
import { pathFunctions } from './file-path.ts';
import { hashFunctions } from './hashes.ts';
import { identityFunctions } from './identities.ts';
import { ipFunctions } from './ip.ts';
import { ipPrefixSearchFunctions } from './ip-prefix-search.ts';
import { ipSearchFunctions } from './ip-search.ts';
import { ipv4FormatFunctions } from './ipv4-format.ts';
import { ipv6Functions } from './ipv6.ts';
import { jsonPathFunctions } from './json-path.ts';
import { keyValueFunctions } from './key-values.ts';
import { logicFunctions } from './logic.ts';
import { mathFunctions } from './math.ts';
import { memberFunctions } from './members.ts';
import { membershipFunctions } from './membership.ts';
import { placeFunctions } from './places.ts';
import { rangeFunctions } from './range.ts';
import { regexFunctions } from './regex.ts';
import { regexPlaceFunctions } from './regex-place.ts';
import { repeatFunctions } from './repeated.ts';
import { roundingFunctions } from './rounding.ts';
import type { ScalarFunction } from './row.ts';
import { searchFunctions } from './search.ts';
import { seriesFunctions } from './series/index.ts';
import { setFunctions } from './sets.ts';
import { severalTextFunctions } from './several-texts.ts';
import { sketchFunctions } from './sketches.ts';
import { stringMatchFunctions } from './string-match.ts';
import { stringsFunctions } from './strings.ts';
import { textCheckFunctions } from './text-checks.ts';
import { timeFormatFunctions } from './time-format.ts';
import { timeZoneFunctions } from './time-zone.ts';
import { unitConversionFunctions } from './unit-conversion.ts';
import { urlFunctions } from './url.ts';
import { urlEncodingFunctions } from './url-encoding.ts';
import { versionFunctions } from './version.ts';
import { weekOfYearFunctions } from './week-of-year.ts';
import { xmlFunctions } from './xml.ts';

export { carried, ERROR_MARK, errorSql } from './carried-error.ts';
export { toDynamicSql } from './dynamic-json.ts';
export { expansionSql } from './expansion.ts';
export { aggregateSql, HOST_AGGREGATE, HOST_CALL, HOST_TURN, scalarSql } from './host-call.ts';
export { fromHostTextSql, hostTextOfValue, hostTextSql, valueOfHostText } from './host-text.ts';
export { parseIp } from './ip-address.ts';
export { HOST_PLACE } from './places.ts';
export type { AggregateFunction, EvaluateCall, ScalarFunction, SqlArg, SqlCall } from './row.ts';
export { sqlLiteral } from './sql-literal.ts';

const families: readonly (readonly ScalarFunction[])[] = [
  aliasFunctions,
  arithmeticFunctions,
  aroundFunctions,
  arrayFunctions,
  arrayShapeFunctions,
  bagFunctions,
  base64ValueFunctions,
  betweenFunctions,
  binaryFunctions,
  byteSizeFunctions,
  codePointFunctions,
  commandLineFunctions,
  comparisonFunctions,
  compressionFunctions,
  conditionalFunctions,
  conversionFunctions,
  csvFunctions,
  datetimeFunctions,
  datetimeMakeFunctions,
  datetimeUnitFunctions,
  digestFunctions,
  distributionFunctions,
  domainNameFunctions,
  dynamicShapeFunctions,
  emptinessFunctions,
  encodingFunctions,
  fastHashFunctions,
  hashFunctions,
  identityFunctions,
  ipFunctions,
  ipPrefixSearchFunctions,
  ipSearchFunctions,
  ipv4FormatFunctions,
  ipv6Functions,
  jsonPathFunctions,
  keyValueFunctions,
  logicFunctions,
  mathFunctions,
  memberFunctions,
  membershipFunctions,
  pathFunctions,
  placeFunctions,
  rangeFunctions,
  regexFunctions,
  regexPlaceFunctions,
  repeatFunctions,
  roundingFunctions,
  searchFunctions,
  seriesFunctions,
  setFunctions,
  severalTextFunctions,
  sketchFunctions,
  stringMatchFunctions,
  stringsFunctions,
  textCheckFunctions,
  timeFormatFunctions,
  timeZoneFunctions,
  unitConversionFunctions,
  urlEncodingFunctions,
  urlFunctions,
  versionFunctions,
  weekOfYearFunctions,
  xmlFunctions,
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
