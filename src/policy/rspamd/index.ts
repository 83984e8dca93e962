/** Policies for rspamd. */
export { rspamdFiles } from './rspamd-files.ts';
