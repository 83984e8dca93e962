import { deployLints } from '../../../../src/rules/lint/deploy/index.ts';
import { checkExamples } from '../examples.ts';

checkExamples(deployLints);
