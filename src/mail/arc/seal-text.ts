import { canonicalField, canonicalSignatureField } from '../dkim/canonical-field.ts';
import type { HeaderField } from '../message/raw-message.ts';

/** The fields of one set, as far as they are signed. */
export interface SealedFields {
  readonly results: HeaderField;
  readonly messageSignature: HeaderField;
  readonly seal: { readonly field: HeaderField };
}

/**
 * What each seal covers: all sets up to its own, by rising instance, in relaxed form, and of its own field all but the
 * signature (RFC 8617 section 5.1.1).
 *
 * @param sets by rising instance
 * @returns latin1, a text a set
 */
export function sealTexts(sets: readonly SealedFields[]): string[] {
  let before = '';
  return sets.map(({ results, messageSignature, seal }) => {
    before += canonicalField(results, 'relaxed') + canonicalField(messageSignature, 'relaxed');
    const text = before + canonicalSignatureField(seal.field, 'relaxed');
    before += canonicalField(seal.field, 'relaxed');
    return text;
  });
}
