/** Hunts of the page: running, checking and laying out texts, what they can name, and those that were saved. */
import type { Route } from '../../http/route.ts';
import { checkRoutes } from './check.ts';
import { columnValueRoutes } from './column-values.ts';
import { formatRoutes } from './format.ts';
import { queryRoutes } from './query.ts';
import { savedQueryRoutes } from './saved-queries.ts';
import { schemaRoutes } from './schema.ts';

export const huntRoutes: readonly Route[] = [
  ...queryRoutes,
  ...checkRoutes,
  ...formatRoutes,
  ...schemaRoutes,
  ...columnValueRoutes,
  ...savedQueryRoutes,
];
