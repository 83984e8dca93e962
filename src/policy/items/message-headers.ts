import { fieldsNamed, fieldText, type RawMessage, unfolded } from '../../mail/index.ts';

/** A receiver's own stamp, and the name under which those of others stand, as Exchange renames them. */
export const OWN_STAMP = 'authentication-results';
export const OTHERS_STAMPS = 'authentication-results-original';

/**
 * The header fields of a message as rules see them: unfolded, decoded, and with this receiver's stamp.
 *
 * @param stamp the values of Authentication-Results
 */
export const headersOfMessage = (message: RawMessage, stamp: () => readonly string[] | undefined) => {
  const valuesOf = (name: string): readonly string[] =>
    fieldsNamed(message, name).map(({ value }) => fieldText(unfolded(value)));
  return (name: string): readonly string[] | undefined => {
    const field = name.toLowerCase();
    if (field === OWN_STAMP) return stamp();
    return field === OTHERS_STAMPS ? [...valuesOf(OWN_STAMP), ...valuesOf(OTHERS_STAMPS)] : valuesOf(field);
  };
};
