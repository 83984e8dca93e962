import type { Comparison, HeldGroup, RuleTally, Simulation } from '../../policy/index.ts';
import { asInEnforce, behindAnswer, deeds } from './deed-words.ts';
import {
  byAuthor,
  carrierCell,
  carrierWords,
  changesOf,
  count,
  gapsOf,
  heldMail,
  letGo,
  mendWords,
  mixedWords,
  percent,
  type SenderSide,
  senderSide,
  shortDeed,
  sizeWords,
  verdictCell,
  verdictWords,
} from './simulation-words.ts';

/** What one policy would have done, in words: a terminal and a page say the same and only lay it out. */
export interface SimulationWords {
  readonly policy: string;
  /** The policy, and that it is shown as in Enforce. */
  readonly title: string;
  /** How much mail, from when to when. */
  readonly span: string;
  readonly answers: readonly { readonly messages: string; readonly share: string; readonly answer: string }[];
  readonly rules: readonly {
    readonly matched: string;
    readonly rule: string;
    readonly exceptions: readonly string[];
  }[];
  /** What the tables could not tell. */
  readonly gaps: readonly string[];
  /** By author: what looks innocent, and what is neither one nor the other. */
  readonly innocent: readonly AuthorWords[];
  readonly unclear: readonly AuthorWords[];
  readonly guilty: readonly HeldRow[];
  readonly unseen: readonly HeldRow[];
  /** Messages of each kind. */
  readonly messages: Readonly<Record<'innocent' | 'unclear' | 'guilty' | 'unseen', number>>;
}

export type AuthorWords = readonly [author: string, groups: readonly GroupWords[]];

/** Mail of one author by one carrier. */
export interface GroupWords {
  /** What it looks like. */
  readonly verdict: string;
  /** `35 messages kept apart` */
  readonly deed: string;
  readonly carrier: string;
  readonly size: string;
  /** Where its newest and its oldest message do not look alike. */
  readonly mixed: string | undefined;
  readonly summary: string | undefined;
  readonly reasons: readonly string[];
  /** What either side can do, where it may be innocent. */
  readonly mend: MendWords | undefined;
  /** The newest first. */
  readonly examples: readonly string[];
}

export interface MendWords {
  readonly sender: SenderSide;
  readonly ours: string;
  /** For mailhunt.yaml. */
  readonly setting: string | undefined;
  /** For the policy, below `unless` of the rule. */
  readonly exception: string | undefined;
  readonly rule: string;
}

/** A group of mail in one line of a table. */
export interface HeldRow {
  readonly messages: string;
  readonly author: string;
  readonly carrier: string;
  readonly deed: string;
  readonly verdict: string;
  readonly last: string;
  readonly example: string;
}

/** Where two policies differ. */
export interface ComparisonWords {
  readonly title: string;
  readonly sum: string;
  readonly changes: readonly { readonly messages: string; readonly from: string; readonly to: string }[];
  readonly groups: readonly (Pick<HeldRow, 'messages' | 'author' | 'carrier' | 'example'> & {
    readonly from: string;
    readonly to: string;
  })[];
  /** Mail that found no room among the groups. */
  readonly more: string | undefined;
}

/** A replay of one policy in words. */
export function simulationWords(simulation: Simulation): SimulationWords {
  const { policy, mode, messages, from, until, answers, rules } = simulation;
  const { innocent, unclear, guilty, unseen, unseenMessages, sum } = heldMail(simulation);
  return {
    policy,
    title: asInEnforce(policy, mode),
    span: `${count(messages, 'inbound message')}, ${timeOf(from)} to ${timeOf(until)} UTC`,
    answers: answers.map((one) => ({
      messages: number(one.messages),
      share: percent(one.messages, messages),
      answer: `${one.answer}${behindAnswer(one.action, one.answer)}`,
    })),
    rules: rules.map((rule: RuleTally) => ({
      matched: number(rule.matched),
      rule: rule.rule,
      exceptions: letGo(rule),
    })),
    gaps: gapsOf(simulation),
    innocent: authorsOf(innocent),
    unclear: authorsOf(unclear),
    guilty: guilty.map(rowOf),
    unseen: unseen.map(rowOf),
    messages: { innocent: sum(innocent), unclear: sum(unclear), guilty: sum(guilty), unseen: unseenMessages },
  };
}

/** Two policies over the same mail, in words. */
export function comparisonWords(comparison: Comparison): ComparisonWords {
  const { from, to, same, differing, groups, ungrouped } = comparison;
  return {
    title: `From “${from}” to “${to}”`,
    sum: `${count(differing, 'message')} would meet something else, ${number(same)} the same.`,
    changes: changesOf(comparison).map(([before, after, messages]) => ({
      messages: number(messages),
      from: before,
      to: after,
    })),
    groups: groups.map((one) => ({
      messages: number(one.messages),
      author: one.author,
      carrier: one.carrier,
      from: shortDeed(one.from),
      to: shortDeed(one.to),
      example: one.examples[0] ?? '',
    })),
    more: ungrouped > 0 ? `… and ${count(ungrouped, 'message')} more` : undefined,
  };
}

const number = (value: number): string => value.toLocaleString('en');
const timeOf = (iso: string): string => iso.slice(0, 16).replace('T', ' ');

const authorsOf = (groups: readonly HeldGroup[]): readonly AuthorWords[] =>
  byAuthor(groups).map(([author, own]) => [author, own.map(groupWords)]);

function groupWords(group: HeldGroup): GroupWords {
  const { look, earlier, mend, examples } = group;
  return {
    verdict: earlier === undefined ? verdictWords(look) : 'Not alike',
    deed: `${count(group.messages, 'message')} ${deeds[group.action]}`,
    carrier: carrierWords(group),
    size: sizeWords(group),
    mixed: earlier === undefined ? undefined : mixedWords(group),
    summary: look?.summary,
    reasons: look?.reasons ?? [],
    mend: mend && {
      sender: senderSide(group),
      ours: mendWords(group, mend),
      setting: mend.setting,
      exception: mend.exception,
      rule: mend.rule,
    },
    examples,
  };
}

const rowOf = (group: HeldGroup): HeldRow => ({
  messages: number(group.messages),
  author: group.author,
  carrier: carrierCell(group),
  deed: deeds[group.action],
  verdict: verdictCell(group),
  last: group.last.slice(0, 10),
  example: group.examples[0] ?? '',
});
