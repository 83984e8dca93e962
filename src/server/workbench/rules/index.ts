/** The rules that the page shows, and what can be done with them. */
export { ruleRoutes } from './routes.ts';
export { RuleLibrary } from './rule-library.ts';
