/** Messages: search, look at, open, investigate. */
import type { Route } from '../../http/route.ts';
import { messageInvestigationRoutes } from './investigation.ts';
import { messageListRoutes } from './list.ts';
import { messageRoutes } from './one.ts';
import { messageOpenRoutes } from './open.ts';
import { messageSourceRoutes } from './source.ts';

export { type Judging, noJudging, resolverOf } from './judging.ts';
export { OpenedMessages } from './opened.ts';
export { MessageReader } from './reading/index.ts';
export { RecentInvestigations } from './recent-investigations.ts';

/** `count` comes before `:id`, which would take it for an id. */
export const messagesRoutes: readonly Route[] = [
  ...messageListRoutes,
  ...messageOpenRoutes,
  ...messageRoutes,
  ...messageInvestigationRoutes,
  ...messageSourceRoutes,
];
