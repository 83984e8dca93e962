import type { Route } from '../http/route.ts';
import { messageInvestigationRoutes } from './messages-investigation.ts';
import { messageListRoutes } from './messages-list.ts';
import { messageRoutes } from './messages-one.ts';
import { messageOpenRoutes } from './messages-open.ts';
import { messageSourceRoutes } from './messages-source.ts';

/** Messages: search, look at, open. `count` comes before `:id`, which would take it for an id. */
export const messagesRoutes: readonly Route[] = [
  ...messageListRoutes,
  ...messageOpenRoutes,
  ...messageRoutes,
  ...messageInvestigationRoutes,
  ...messageSourceRoutes,
];
