/** Made-up mail for demos and proofs: the demo tenant. */
export { DEMO_ROWS, DEMO_SEED, type DemoOptions, demoBatches, demoSource } from './demo.ts';
export { acceptedDomains } from './organisation.ts';
