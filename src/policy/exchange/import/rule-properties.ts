import { momentText } from '../../write/index.ts';
import { momentOf } from './values.ts';

const locations = ['Header', 'Envelope', 'HeaderOrEnvelope'];

/** Whether Exchange asks the rule at all. */
export function stateOf(state: string): { readonly isOn: boolean; readonly wrong: readonly string[] } {
  if (state === 'Enabled' || state === 'Disabled') return { isOn: state === 'Enabled', wrong: [] };
  return {
    isOn: true,
    wrong: [`its State is ${JSON.stringify(state.slice(0, 20))}: write it with ConvertTo-Json -EnumsAsStrings`],
  };
}

/** Only a rule that is surely enforced is imported in Enforce. */
export function modeOf(mode: string): { readonly mode: 'Audit' | 'Enforce'; readonly remarks: readonly string[] } {
  if (mode === 'Enforce' || mode === 'Audit') return { mode, remarks: [] };
  const why =
    mode === 'AuditAndNotify'
      ? 'the policy tips of AuditAndNotify are not kept'
      : `its Mode is ${JSON.stringify(mode.slice(0, 20))}, which is not known`;
  return { mode: 'Audit', remarks: [`In Audit: ${why}.`] };
}

/** Where it looks for the sender. @source SenderAddressLocation of Exchange’s own library, counted from 0 */
export const locationOf = (location: string): string =>
  /^[012]$/.test(location) ? locations[Number(location)]! : location;

/** From when until when it is asked. */
export function timesOf(first: (property: string) => string | undefined) {
  const fields: Record<string, string> = {};
  const [wrong, remarks]: [string[], string[]] = [[], []];
  for (const [property, field] of [
    ['ActivationDate', 'activation'],
    ['ExpiryDate', 'expiry'],
  ] as const) {
    const text = first(property);
    if (text === undefined) continue;
    const at = momentOf(text);
    if (at === undefined) wrong.push(`its ${property} ${JSON.stringify(text.slice(0, 40))} is no moment`);
    else fields[field] = momentText(at);
    if (at !== undefined && !/^\/|Z$|[+-]\d\d:?\d\d$/.test(text))
      remarks.push(`${property} has no offset, and is taken for UTC.`);
  }
  return { fields, wrong, remarks };
}
