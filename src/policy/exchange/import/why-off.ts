import { MailhuntError } from '../../../errors/index.ts';
import type { ImportedActions } from './import-actions.ts';
import { type ImportedConditions, knownConditions } from './import-conditions.ts';
import { attendants, isFact, isReport, kindOf, knownActions } from './properties.ts';
import type { RawRule } from './raw-rules.ts';
import { textsOf } from './values.ts';

/** What was read of a rule. */
export interface Read {
  readonly when: ImportedConditions;
  readonly unless: ImportedConditions;
  readonly acts: ImportedActions;
  /** Actions among them that end a message. */
  readonly finals: number;
  readonly stop: boolean;
}

/** Why a rule does not mean the same here: what it asks or does that mailhunt has not, or what of it is not known. */
export function whyOff(raw: RawRule, { when, unless, acts, finals, stop }: Read): readonly string[] {
  const foreign = foreignProperties(raw);
  const isOfPatterns = Object.keys(raw).some((name) => name.endsWith('Patterns') && isGiven(raw, name));
  const foundIn = (one: ImportedConditions) => one.clauses.length + one.unsupported.length + foreign.length;
  return [
    ...when.unsupported,
    ...unless.unsupported,
    ...acts.unsupported,
    ...unknownForms(raw),
    ...foreign.map((one) => `${one} is no ${kindOf(one)} that mailhunt has`),
    ...missing(raw, 'Conditions', foundIn(when)),
    ...missing(raw, 'Exceptions', foundIn(unless)),
    ...(raw.UseLegacyRegex === true && isOfPatterns
      ? ['its patterns are in the dialect of Exchange 2010 (UseLegacyRegex)']
      : []),
    ...(finals > 1 ? ['it has more than one action that ends a message'] : []),
    ...(acts.actions.length === 0 && !stop ? ['it has no action that mailhunt has; Deliver stands for it'] : []),
  ];
}

/** @throws MailhuntError POLICY0011 where ConvertTo-Json wrote the name of a type instead of a value */
export function refuseCutOff(raw: RawRule, property: string, file: string): void {
  if (isFact(property) && property !== 'Comments') return;
  const found = textsOf(raw[property]);
  if ('cutOff' in found)
    throw new MailhuntError('POLICY0011', { file, property, rule: String(raw.Name), value: found.cutOff.slice(0, 60) });
}

/** Values that are neither text nor list. */
const unknownForms = (raw: RawRule): readonly string[] =>
  Object.keys(raw).flatMap((name) => {
    const found = textsOf(raw[name]);
    return !isFact(name) && 'unknown' in found ? [`${name} has a form that is not known: ${found.unknown}`] : [];
  });

/** Properties that say something and are not known here. */
const foreignProperties = (raw: RawRule): readonly string[] =>
  Object.keys(raw).filter((name) => {
    if (isFact(name) || knownConditions.has(name) || knownActions.has(name) || isReport(name)) return false;
    if (name === 'RuleSubType' && (raw[name] === 'None' || raw[name] === 0)) return false;
    return isGiven(raw, name) && (attendants[name] === undefined || isGiven(raw, attendants[name]));
  });

/** True for a property that is neither null nor false nor empty. */
export const isGiven = (raw: RawRule, name: string): boolean => {
  const found = textsOf(raw[name]);
  return !('texts' in found) || found.texts.length > 0;
};

/** Exchange lists its conditions a second time: a rule with more of them than were found is not known whole. */
function missing(raw: RawRule, list: 'Conditions' | 'Exceptions', found: number): readonly string[] {
  const listed = raw[list];
  const many = Array.isArray(listed) ? listed.length : listed === null || listed === undefined ? 0 : 1;
  if (many > found) return [`it has ${many} of ${list}, of which ${found} are in the file`];
  return list === 'Conditions' && found === 0 && !(list in raw)
    ? ['the file names no condition of it: is it all that Get-TransportRule gives?']
    : [];
}
