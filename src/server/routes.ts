import { graphRoutes } from './graph/routes.ts';
import { metricsRoutes } from './http/metrics-route.ts';
import type { Route } from './http/route.ts';
import { kustoRoutes } from './kusto/routes.ts';
import { logAnalyticsRoutes } from './log-analytics/routes.ts';
import { healthRoutes } from './own/health.ts';
import { ownRoutes } from './own/routes.ts';
import { pageRoutes } from './page/page-routes.ts';
import { auditRoutes } from './workbench/audit.ts';
import { checkRoutes } from './workbench/check.ts';
import { columnValueRoutes } from './workbench/column-values.ts';
import { formatRoutes } from './workbench/format.ts';
import { meRoutes } from './workbench/me.ts';
import { messagesRoutes } from './workbench/messages.ts';
import { openapiRoutes } from './workbench/openapi.ts';
import { queryRoutes } from './workbench/query.ts';
import { ruleRoutes } from './workbench/rules.ts';
import { savedQueryRoutes } from './workbench/saved-queries.ts';
import { schemaRoutes } from './workbench/schema.ts';
import { signInRoutes } from './workbench/sign-in.ts';
import { upkeepRoutes } from './workbench/upkeep.ts';

/** Every address of the server. */
export const routes: readonly Route[] = [
  ...pageRoutes,
  ...kustoRoutes,
  ...graphRoutes,
  ...logAnalyticsRoutes,
  ...ownRoutes,
  ...healthRoutes,
  ...metricsRoutes,
  ...meRoutes,
  ...messagesRoutes,
  ...signInRoutes,
  ...auditRoutes,
  ...openapiRoutes,
  ...queryRoutes,
  ...checkRoutes,
  ...formatRoutes,
  ...schemaRoutes,
  ...columnValueRoutes,
  ...ruleRoutes,
  ...savedQueryRoutes,
  ...upkeepRoutes,
];
