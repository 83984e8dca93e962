/** Lints for what runs and gives something else than it says. */
import type { Lint } from '../lint.ts';
import { defaultJoin } from './default-join.ts';
import { domainExcludedByPart, domainMatchedByPart } from './domain-part.ts';
import { emptyKeys } from './empty-keys.ts';
import { addressCase, columnsByCase, senderCase } from './letter-case.ts';
import { listColumn } from './list-column.ts';
import { multipliedRows } from './multiplied-rows.ts';
import { negationsWithOr } from './negations.ts';
import { mixedAndOr } from './parentheses.ts';
import { placeholderLeft } from './placeholder.ts';
import { promiseBroken } from './promise.ts';
import { recipientKey } from './recipient-key.ts';
import { regexSaysOtherwise, wildcardTaken } from './regex.ts';
import { replyMarkInWords } from './reply-mark.ts';
import { olderThanKept } from './retention.ts';
import { conditionCounted, orderLost, takenBefore } from './row-order.ts';
import { arrayAgainstText, jsonFragment } from './serialised.ts';
import { integerShare } from './share.ts';
import { textAsJson } from './text-as-json.ts';
import { urlAgainstDomain } from './url-domain.ts';

export const silentLints: readonly Lint[] = [
  defaultJoin,
  multipliedRows,
  recipientKey,
  listColumn,
  arrayAgainstText,
  jsonFragment,
  urlAgainstDomain,
  emptyKeys,
  integerShare,
  regexSaysOtherwise,
  wildcardTaken,
  mixedAndOr,
  addressCase,
  columnsByCase,
  senderCase,
  negationsWithOr,
  placeholderLeft,
  promiseBroken,
  takenBefore,
  orderLost,
  conditionCounted,
  olderThanKept,
  textAsJson,
  replyMarkInWords,
  domainExcludedByPart,
  domainMatchedByPart,
];
