import type { Claim } from './scenario.ts';

/** Claims are written as what differs from one of these. */
const claim =
  (usual: Claim) =>
  (differing: Partial<Claim>): Claim => ({ ...usual, ...differing });

/** Signed and sent by the From domain itself. */
export const passing = claim({
  spf: 'pass',
  dkim: ['pass'],
  dmarc: 'pass',
  disposition: 'none',
  compauth: 'pass',
  reason: '100',
});

/** A From domain that asks for p=reject, and nothing that speaks for it. */
export const rejected = claim({
  spf: 'fail',
  dkim: [],
  dmarc: 'fail',
  disposition: 'reject',
  compauth: 'fail',
  reason: '000',
});

/** A From domain that asks for nothing, and nothing that speaks for it. */
export const unwelcome = claim({
  spf: 'fail',
  dkim: [],
  dmarc: 'fail',
  disposition: 'none',
  compauth: 'fail',
  reason: '001',
});
