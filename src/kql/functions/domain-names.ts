import { decodePunycode, encodePunycode, MAX_SIGNS } from './punycode.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction } from './row.ts';
import { textFunction } from './text-function.ts';

const PREFIX = 'xn--';
/** The full stop and those of East Asian scripts that stand for it in a domain name. */
const DOTS = /[.\u3002\uff0e\uff61]/;
const ascii = /^[\0-\x7f]*$/;

const encodedLabel = (label: string): string => (ascii.test(label) ? label : PREFIX + encodePunycode(label));

const decodedLabel = (label: string): string | undefined =>
  label.slice(0, PREFIX.length).toLowerCase() === PREFIX ? decodePunycode(label.slice(PREFIX.length)) : label;

function decodedDomain(domain: string): string {
  const labels = domain.split(DOTS).map(decodedLabel);
  return labels.includes(undefined) ? '' : labels.join('.');
}

/** A function of one text that refuses what is no name by its length; '' where nothing can be made of it. */
const named = (name: string, change: (text: string) => string | undefined): ScalarFunction => ({
  ...textFunction(name, (text = '') =>
    text.length > MAX_SIGNS
      ? refuseToEvaluate(name, `takes texts of up to ${MAX_SIGNS} characters`)
      : (change(text) ?? ''),
  ),
  nullable: false,
});

/** Punycode, of texts and of domain names label by label. Letter case and forms of letters stay as they are. */
export const domainNameFunctions: readonly ScalarFunction[] = [
  named('punycode_from_string', encodePunycode),
  named('punycode_to_string', decodePunycode),
  named('punycode_domain_to_string', (domain) => domain.split(DOTS).map(encodedLabel).join('.')),
  named('punycode_domain_from_string', decodedDomain),
];
