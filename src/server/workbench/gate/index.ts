/** The mail gate of this store: how it is, and what it keeps. */
export { gateRoutes } from './routes.ts';
