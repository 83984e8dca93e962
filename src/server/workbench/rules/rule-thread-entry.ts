/** The thread in which rules are read, linted and proved: Microsoft's parser takes its time, and the server answers others. */
import { answerTasks } from '../../threads/index.ts';
import type { RuleTasks } from './rule-task.ts';
import { ruleWork } from './rule-work.ts';

answerTasks<RuleTasks>(ruleWork);
