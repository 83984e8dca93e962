/** How a gate is set up: `gateway.yaml`, and its policy that may change while it runs. */
export { type PolicyWatch, type PolicyWatchOptions, watchPolicy } from './policy-watch.ts';
export { readSetup } from './read-setup.ts';
export type { GatewaySetup, HopSetup, MilterSetup, SealSetup, SmtpSetup } from './setup.ts';
export { gatewaySettingsPage } from './setup-page.ts';
export { gatewaySchema } from './setup-schema.ts';
