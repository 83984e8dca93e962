import { wrapped } from '../wrapped.ts';
import { clickPath } from './admin-center.ts';
import type { ExchangePolicy, ExchangeRule } from './export-policy.ts';
import { parameter, type TransportRule } from './parameters.ts';
import { commandOf, comment } from './powershell.ts';

const WIDTH = 100;

/**
 * A policy as a PowerShell script: a command for each rule that can be said, all else as comments: the click path, what
 * cannot be said and what comes nearest, and whom the reports of a rule hit.
 */
export function exchangeScript({ policy, guards, rules, limits }: ExchangePolicy): string {
  let priority = 0;
  const next = (rule: TransportRule): TransportRule => ({ ...rule, parameters: placed(rule, priority++) });
  return `${[
    ...headOf(policy, rules, limits),
    ...guards.flatMap((rule) => ['', ...said(next(rule))]),
    ...rules.flatMap((one) => ['', ...ruleLines(one, next)]),
  ].join('\n')}\n`;
}

/** The priority stands before the mode, as it is mostly written. */
const placed = ({ parameters }: TransportRule, priority: number) => {
  const at = parameters.findIndex(({ name }) => name === 'Mode');
  return [...parameters.slice(0, at), parameter('Priority', priority), ...parameters.slice(at)];
};

const remark = (text: string, indent = ''): readonly string[] =>
  wrapped(text, WIDTH - indent.length).flatMap((line, at) =>
    comment(line, at === 0 || indent === '' ? indent : `${indent}  `),
  );

function headOf(policy: string, rules: readonly ExchangeRule[], limits: readonly string[]): readonly string[] {
  const rejects = rules.some(({ as, rules: own }) => as !== 'left out' && own.some(isReject));
  return [
    ...remark(`Mail-flow rules of Exchange Online for the policy "${policy}", written by mailhunt policy export.`),
    ...comment(''),
    ...remark('Run it once, in a session of Connect-ExchangeOnline: the rules go before those that are there already.'),
    ...remark('What a # stands before is not done: it is what cannot be said, and the same by hand.'),
    ...(rejects ? [...comment(''), ...rejectRemarks.flatMap((text) => remark(text))] : []),
    ...(limits.length === 0 ? [] : [...comment(''), ...limits.flatMap((text) => remark(`TOO MUCH: ${text}`))]),
  ];
}

const rejectRemarks: readonly string[] = [
  'WHOM THE REPORTS HIT: a rule rejects after the message was accepted, and Exchange sends a non-delivery report to the envelope sender (MAIL FROM). Where that was forged, it reaches somebody who never wrote to you (backscatter); where a mailing list or forwarder sent the message, it reaches that list, which may take your people off it after a few of them; the author himself gets none. mailhunt policy simulate shows the senders. An answer in the SMTP conversation (the setting below, or mailhunt’s gate) reaches the client alone.',
  'Exchange Online honours p=reject and p=quarantine by itself unless that is switched off (Get-AntiPhishPolicy | Format-List Name,HonorDmarcPolicy,Dmarc*): then an exception of these rules spares no message that it refuses behind them.',
];

const isReject = ({ parameters }: TransportRule): boolean => parameters.some(({ name }) => name.startsWith('Reject'));

function ruleLines(one: ExchangeRule, next: (rule: TransportRule) => TransportRule): readonly string[] {
  const { rule, as, rules, unsayable, notes, setting } = one;
  const head = comment(`----- ${rule.name} ${'-'.repeat(Math.max(0, WIDTH - rule.name.length - 7))}`.slice(0, WIDTH));
  if (as === 'left out') return [...head, ...remark('It has expired, and is left out.')];
  const reasons =
    unsayable.length === 0
      ? []
      : [...remark('NOT SAID by a rule:'), ...unsayable.flatMap((text) => remark(text, '  '))];
  if (as === 'said') {
    return [
      ...head,
      ...notes.flatMap((text) => remark(text)),
      ...(setting === undefined ? [] : settingLines(one, 'BETTER, instead of this rule')),
      ...rules.flatMap((each, at) => [...(at === 0 ? [] : ['']), ...said(next(each))]),
    ];
  }
  if (as === 'setting') return [...head, ...reasons, ...settingLines(one, 'A SETTING says it')];
  const near =
    rules.length === 0
      ? remark('There is no rule near it.')
      : [
          ...remark('THE NEAREST RULE, which does not mean the same:'),
          ...rules.flatMap((each) => commandOf(each)).flatMap((line) => comment(line, '  ')),
        ];
  return [
    ...head,
    ...reasons,
    ...notes.flatMap((text) => remark(text)),
    ...near,
    ...(setting === undefined ? [] : settingLines(one, 'THE NEAREST SETTING, asked behind all rules')),
  ];
}

/** Commands to be done only where nothing else says it, and the policy is in Enforce. */
function settingLines({ as, setting, rules }: ExchangeRule, head: string): readonly string[] {
  const isOn =
    as === 'setting' &&
    !rules.some(({ parameters }) =>
      parameters.some(
        ({ name, value }) => name === 'Mode' && typeof value === 'object' && 'word' in value && value.word === 'Audit',
      ),
    );
  return [
    ...remark(`${head}${isOn || as !== 'setting' ? '' : ' (it has no Audit: take the # away to switch it on)'}:`),
    ...(isOn ? setting!.commands : setting!.commands.flatMap((line) => comment(line, '  '))),
    ...setting!.notes.flatMap((text) => remark(text, '  ')),
    ...remark(`By hand: ${setting!.path}`, '  '),
  ];
}

const said = (rule: TransportRule): readonly string[] => [
  ...commandOf(rule),
  ...remark('By hand:'),
  ...clickPath(rule).flatMap((line) => remark(line, '  ')),
];
