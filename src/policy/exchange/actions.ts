import type { Action, PolicyRule } from '../policy.ts';
import { type Parameter, parameter } from './parameters.ts';

/** The actions of a rule as Exchange says them. */
export interface SaidActions {
  readonly parameters: readonly Parameter[];
  /** What is said otherwise there; the rule still means the same. */
  readonly notes: readonly string[];
  /** What cannot be said, and what comes nearest. */
  readonly unsayable: readonly string[];
}

type Row<K extends Action['kind']> = (action: Extract<Action, { kind: K }>) => SaidActions;

const said = (parameters: readonly Parameter[], notes: readonly string[] = []): SaidActions => ({
  parameters,
  notes,
  unsayable: [],
});

/** @source New-TransportRule, RejectMessageEnhancedStatusCode */
const sayableCode = /^5\.7\.(?:1|9\d\d)$/;

const table: { readonly [K in Action['kind']]: Row<K> } = {
  Reject: ({ reply: { enhanced, text } }) =>
    said(
      [
        parameter('RejectMessageEnhancedStatusCode', sayableCode.test(enhanced) ? enhanced : '5.7.1'),
        parameter('RejectMessageReasonText', text),
      ],
      sayableCode.test(enhanced)
        ? []
        : [`The code ${enhanced} cannot be set there (only 5.7.1 and 5.7.900 to 5.7.999): it says 5.7.1.`],
    ),
  Defer: () => ({
    parameters: [parameter('Quarantine', true)],
    notes: [],
    unsayable: [
      'Defer: a rule is asked after the message was accepted, and cannot ask the client to come again. The nearest is Quarantine, which keeps harmless mail whenever DNS is slow; without it such mail goes on to the filters behind the rules.',
    ],
  }),
  DeleteMessage: () => said([parameter('DeleteMessage', true)]),
  Quarantine: ({ days }) =>
    said(
      [parameter('Quarantine', true)],
      days === 30
        ? []
        : [
            `It is kept as long as the anti-spam policy says (-QuarantineRetentionPeriod, 30 days at most), not ${days} days.`,
          ],
    ),
  Deliver: () =>
    said(
      [parameter('StopRuleProcessing', true)],
      [
        'StopRuleProcessing ends the rules, not the filters behind them: anti-spam and anti-phishing still look at the message.',
      ],
    ),
  SetHeader: ({ name, value }) => said([parameter('SetHeaderName', name), parameter('SetHeaderValue', value)]),
  RemoveHeader: ({ name }) => said([parameter('RemoveHeader', name)]),
  PrependSubject: ({ text }) => said([parameter('PrependSubject', text)]),
  ApplyBanner: ({ text, location, fallback }) =>
    said(
      [
        parameter('ApplyHtmlDisclaimerText', htmlOf(text)),
        parameter('ApplyHtmlDisclaimerLocation', { word: location }),
        parameter('ApplyHtmlDisclaimerFallbackAction', { word: fallback }),
      ],
      fallback === 'Wrap'
        ? [
            'Microsoft advises against Wrap for mail from outside: it hinders the scan of attachments (Safe Attachments).',
          ]
        : [],
    ),
};

/** A text as a disclaimer shows it; %% would begin one of its placeholders. */
const htmlOf = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('%%', '&#37;&#37;');

/** What a rule does, one action of a kind. */
export function actionsOf({ do: actions, stop }: PolicyRule): SaidActions {
  const rows = actions.map((action) => (table[action.kind] as Row<Action['kind']>)(action as never));
  const kinds = actions.map(({ kind }) => kind);
  const twice = [...new Set(kinds.filter((kind, at) => kinds.indexOf(kind) < at))];
  const parameters = rows.flatMap((row) => row.parameters);
  const ends = stop && !parameters.some(({ name }) => name === 'StopRuleProcessing');
  const hasAction = parameters.some(({ name }) => name !== 'StopRuleProcessing');
  return {
    parameters: [
      // The first of a kind; the others are named below.
      ...parameters.filter(({ name }, at) => parameters.findIndex((one) => one.name === name) === at),
      ...(ends ? [parameter('StopRuleProcessing', true)] : []),
      // Nothing but the end of the rules is no action: this one only says how the rule is audited.
      ...(hasAction ? [] : [parameter('SetAuditSeverity', { word: 'Low' })]),
    ],
    notes: rows.flatMap((row) => row.notes),
    unsayable: [
      ...rows.flatMap((row) => row.unsayable),
      ...twice.map(
        (kind) =>
          `${kind} twice: a rule there has each action once. The nearest is the first alone; write a rule for each.`,
      ),
    ],
  };
}
