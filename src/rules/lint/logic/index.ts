import type { Lint } from '../lint.ts';
import { alwaysTrue, tautology } from './always-true.ts';
import { absentMember, blindPattern } from './bags.ts';
import { contradiction, unreachableCase } from './contradiction.ts';
import { deadMember } from './dead-member.ts';
import { emptyRange, neverTrue, nullText, wrongCase } from './never-true.ts';
import { nothingLeft } from './nothing-left.ts';
import { repeated } from './repeated.ts';
import { unreadExtend } from './unread-extend.ts';
import { unreadLet } from './unread-let.ts';

/** Never true, always true, never used: what is proved from what the target's columns hold, or from logic alone. */
export const logicLints: readonly Lint[] = [
  neverTrue,
  contradiction,
  alwaysTrue,
  wrongCase,
  deadMember,
  absentMember,
  blindPattern,
  emptyRange,
  unreachableCase,
  tautology,
  nullText,
  unreadLet,
  unreadExtend,
  repeated,
  nothingLeft,
];
