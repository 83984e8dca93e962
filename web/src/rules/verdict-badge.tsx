import type { CardStanding } from '../../../src/server/workbench/rules/rule-card.ts';
import { Badge, counted, type Tone } from '../ui/index.ts';

const tones: Readonly<Record<string, Tone>> = { proved: 'good', failing: 'bad', refused: 'bad', unproved: 'warn' };

/** Whether a rule is proved: `proved`, with how often its tests were played. */
export function VerdictBadge({ standing, long = false }: { readonly standing: CardStanding; readonly long?: boolean }) {
  const { verdict, tests, variations } = standing;
  if (verdict === undefined) return <Badge>not tested</Badge>;
  const icon = verdict === 'proved' ? 'check' : verdict === 'unproved' ? 'warning' : 'error';
  const rounds = long && tests !== undefined ? `, ${tests} tests × ${variations ?? 1} variations` : '';
  return (
    <Badge tone={tones[verdict] ?? 'quiet'} icon={icon}>
      {verdict}
      {rounds}
    </Badge>
  );
}

/** How many findings the linter has, the gravest first; nothing where it was not asked. */
export function LintBadges({ lint }: { readonly lint: CardStanding['lint'] | undefined }) {
  if (lint === undefined) return null;
  const found = (['error', 'warning', 'note'] as const).filter((one) => lint[one] > 0);
  if (found.length === 0) return <Badge tone="good">no lint findings</Badge>;
  const toneOf = { error: 'bad', warning: 'warn', note: 'quiet' } as const;
  return found.map((one) => (
    <Badge key={one} tone={toneOf[one]}>
      {counted(lint[one], `lint ${one}`)}
    </Badge>
  ));
}

const kinds: Readonly<Record<string, string>> = { scheduled: 'Scheduled', nrt: 'NRT', hunting: 'Hunting' };

/** What a kind of rule is called: `NRT`, near real time. */
export const kindName = (kind: string): string => kinds[kind] ?? kind;
