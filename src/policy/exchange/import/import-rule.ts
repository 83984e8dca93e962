import type { RuleDocument } from '../../write/index.ts';
import { importedActions } from './import-actions.ts';
import { importedConditions } from './import-conditions.ts';
import { attendants, isReport } from './properties.ts';
import type { RawRule } from './raw-rules.ts';
import { locationOf, modeOf, stateOf, timesOf } from './rule-properties.ts';
import { textsOf } from './values.ts';
import { isGiven, refuseCutOff, whyOff } from './why-off.ts';

/** A rule of Exchange as a policy file has it. */
export interface ImportedRule extends RuleDocument {
  readonly name: string;
  /** What it asks or does that mailhunt cannot: why it is switched off, whether Exchange does it or not. */
  readonly off: readonly string[];
  /** Whether Exchange does it, and it ends the rules for a message. */
  readonly ended: boolean;
  /** Whether Exchange takes by it what it is for past its filters, and all else of it is known here. */
  readonly skipsFilters: boolean;
}

const LONGEST_COMMENT = 1024;

/** The spam confidence level of mail that no filter looks at. @source New-TransportRule, SetSCL */
const UNFILTERED = '-1';

/**
 * One rule. What it asks or does that mailhunt has not is never left away silently: the rule is then switched off, and its
 * comments say why.
 *
 * @param file the name that errors show
 * @throws MailhuntError POLICY0011 where a value was cut off
 */
export function importedRule(raw: RawRule, file: string): ImportedRule {
  const name = String(raw.Name);
  for (const property of Object.keys(raw)) refuseCutOff(raw, property, file);
  const first = (property: string): string | undefined => {
    const found = textsOf(raw[property]);
    return 'texts' in found ? found.texts[0] : undefined;
  };
  const [when, unless, acts] = [importedConditions(raw, ''), importedConditions(raw, 'ExceptIf'), importedActions(raw)];
  const state = stateOf(first('State') ?? (raw.Enabled === false ? 'Disabled' : 'Enabled'));
  const times = timesOf(first);
  const stop = raw.StopRuleProcessing === true;
  const finals = acts.actions.filter(isFinal);
  const read = { when, unless, acts, finals: finals.length, stop };
  const off = [...whyOff(raw, read), ...times.wrong, ...state.wrong];
  const mode = modeOf(first('Mode') ?? 'Enforce');
  const isOn = state.isOn && off.length === 0;
  const isDone = state.isOn && mode.mode === 'Enforce';
  const location = locationOf(first('SenderAddressLocation') ?? 'Header');
  const comments = commentsOf(off, first('Comments') ?? '');
  const kept = finals.length > 1 ? acts.actions.filter((one) => !isFinal(one) || one === finals[0]) : acts.actions;
  const fields = {
    name,
    ...(comments === '' ? {} : { comments }),
    ...(mode.mode === 'Enforce' ? {} : { mode: mode.mode }),
    ...(isOn ? {} : { enabled: false }),
    ...times.fields,
    ...(location === 'Header' ? {} : { senderAddressLocation: location }),
    ...(first('RuleErrorAction') === 'Defer' ? { errorAction: 'Defer' } : {}),
    ...(when.clauses.length === 0 ? {} : { when: when.clauses }),
    ...(unless.clauses.length === 0 ? {} : { unless: unless.clauses }),
    do: kept.length === 0 ? ['Deliver'] : kept,
    ...(stop ? { stop } : {}),
  };
  const remarks = [...acts.remarks, ...mode.remarks, ...times.remarks, ...remarksOf(raw, first)];
  return {
    name,
    remarks,
    fields,
    off,
    ended: isDone && (stop || finals.length > 0),
    skipsFilters:
      isDone &&
      first('SetSCL') === UNFILTERED &&
      whyOff({ ...raw, SetSCL: null }, { ...read, stop: true }).length === 0,
  };
}

const isFinal = (action: unknown): boolean =>
  typeof action === 'string' || Object.keys(action as object)[0] === 'Reject';

function commentsOf(off: readonly string[], own: string): string {
  const why = off.length === 0 ? '' : `Switched off by the import: ${off.join('; ')}.`;
  const text = [why, own]
    .filter((one) => one !== '')
    .join('\n')
    .replaceAll(/[\0\ufffd]/g, '?');
  return [...text].slice(0, LONGEST_COMMENT).join('');
}

function remarksOf(raw: RawRule, first: (property: string) => string | undefined): readonly string[] {
  const reports = Object.keys(raw).filter(
    (name) => isReport(name) && attendants[name] === undefined && isGiven(raw, name),
  );
  const isScoped = ['FromScope', 'ExceptIfFromScope'].some((name) => isGiven(raw, name));
  return [
    ...(reports.length === 0 ? [] : [`Not kept, for it only tells somebody: ${reports.join(', ')}.`]),
    ...(isScoped
      ? [
          'FromScope, read literally, leaves out unauthenticated mail that forges an accepted domain; here it is NotInOrganization.',
        ]
      : []),
    ...(first('RecipientAddressType') === 'Original'
      ? ['RecipientAddressType: here recipients are those of the envelope.']
      : []),
  ];
}
