/** Functions of series: arrays of numbers, one for each bin of time. All are computed here, none in SQL. */
import type { ScalarFunction } from '../row.ts';
import { decomposeFunctions } from './decompose.ts';
import { elementWiseFunctions } from './element-wise.ts';
import { fillFunctions } from './fill.ts';
import { filterFunctions } from './filters.ts';
import { fourierFunctions } from './fourier.ts';
import { lineFunctions } from './lines.ts';
import { outlierFunctions } from './outliers.ts';
import { periodFunctions } from './periods.ts';
import { polynomialFunctions } from './polynomial.ts';
import { productFunctions } from './products.ts';
import { statisticsFunctions } from './statistics.ts';

/** All rows of the family. */
export const seriesFunctions: readonly ScalarFunction[] = [
  ...elementWiseFunctions,
  ...productFunctions,
  ...statisticsFunctions,
  ...fillFunctions,
  ...filterFunctions,
  ...lineFunctions,
  ...polynomialFunctions,
  ...fourierFunctions,
  ...periodFunctions,
  ...outlierFunctions,
  ...decomposeFunctions,
];
