import { fileLints } from '../../../../src/rules/lint/file/index.ts';
import { checkExamples } from '../examples.ts';

checkExamples(fileLints);
