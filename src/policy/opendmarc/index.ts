/** Policies for OpenDMARC. */
export { openDmarcFiles } from './opendmarc-files.ts';
