import { silentLints } from '../../../../src/rules/lint/silent/index.ts';
import { checkExamples } from '../examples.ts';

checkExamples(silentLints);
