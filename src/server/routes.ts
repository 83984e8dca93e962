import { graphRoutes } from './graph/routes.ts';
import { metricsRoutes } from './http/metrics-route.ts';
import type { Route } from './http/route.ts';
import { kustoRoutes } from './kusto/routes.ts';
import { logAnalyticsRoutes } from './log-analytics/routes.ts';
import { healthRoutes } from './own/health.ts';
import { ownRoutes } from './own/routes.ts';
import { pageRoutes } from './page/page-routes.ts';
import { workbenchRoutes } from './workbench/index.ts';

/** Every address of the server. */
export const routes: readonly Route[] = [
  ...pageRoutes,
  ...kustoRoutes,
  ...graphRoutes,
  ...logAnalyticsRoutes,
  ...ownRoutes,
  ...healthRoutes,
  ...metricsRoutes,
  ...workbenchRoutes,
];
