/** A message out of quarantine on its way to the next hop. */
export { type ReleaseOptions, releaseTo } from './release-to.ts';
