import type { EnvelopeCommand, Features, Path } from '../smtp/index.ts';

/** The feature that each parameter needs at the next hop. */
const needs: Readonly<Record<string, keyof Features>> = {
  SIZE: 'size',
  BODY: 'eightBit',
  SMTPUTF8: 'utf8',
  RET: 'dsn',
  ENVID: 'dsn',
  NOTIFY: 'dsn',
  ORCPT: 'dsn',
};

/** Parameters that a next hop may lack without harm: its absence changes nothing in what becomes of the mail. */
const spare = new Set(['SIZE', 'BODY']);

/**
 * MAIL or RCPT for a next hop. What it does not know is left away where that does no harm.
 *
 * @returns undefined where it lacks what the client needs, and which was advertised: the next hop has changed since
 */
export function envelopeLine(
  verb: 'MAIL FROM' | 'RCPT TO',
  command: Pick<EnvelopeCommand, 'parameters'> & { readonly path: Pick<Path, 'address'> },
  features: Features,
): string | undefined {
  const { path, parameters } = command;
  const words = [`${verb}:<${path.address}>`];
  for (const [name, value] of parameters) {
    const feature = needs[name];
    if (feature === undefined) continue;
    const has = features[feature] !== false && features[feature] !== undefined;
    if (has) words.push(value === '' ? name : `${name}=${value}`);
    else if (!spare.has(name)) return undefined;
  }
  return words.join(' ');
}
