/** What the page asks: hunts, messages, rules, who is there, who did what, and upkeep. */
import type { Route } from '../http/route.ts';
import { auditRoutes } from './audit.ts';
import { gateRoutes } from './gate/index.ts';
import { meRoutes } from './me.ts';
import { messagesRoutes } from './messages/index.ts';
import { openapiRoutes } from './openapi.ts';
import { huntRoutes } from './queries/index.ts';
import { ruleRoutes } from './rules/index.ts';
import { signInRoutes } from './sign-in.ts';
import { upkeepRoutes } from './upkeep.ts';

export {
  type Judging,
  MessageReader,
  noJudging,
  OpenedMessages,
  RecentInvestigations,
  resolverOf,
} from './messages/index.ts';
export { RuleLibrary } from './rules/index.ts';

/** Every address below `/api/v1`. */
export const workbenchRoutes: readonly Route[] = [
  ...meRoutes,
  ...signInRoutes,
  ...huntRoutes,
  ...messagesRoutes,
  ...ruleRoutes,
  ...gateRoutes,
  ...auditRoutes,
  ...upkeepRoutes,
  ...openapiRoutes,
];
