import type { Route } from './route.ts';

/** The server's numbers, for Prometheus. */
export const metricsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/metrics',
    needs: 'admin',
    // Asked every few seconds.
    audit: false,
    answer: async ({ site, response }) => {
      const { type, body } = await site.metrics.text();
      response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
      response.end(body);
    },
  },
];
