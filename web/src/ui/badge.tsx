import type { ReactNode } from 'react';
import type { VerdictWord } from '../../../src/investigate/index.ts';
import css from './badge.module.css';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import tones from './tone.module.css';
import { type Tone, toneOfResult, toneOfRisk, verdicts } from './tone.ts';

/** A word or number that stands out a little. */
export function Badge({
  tone = 'quiet',
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}) {
  return (
    <span className={classNames(css.badge, tone !== 'quiet' && tones[tone])}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}

const icons: Readonly<Partial<Record<Tone, IconName>>> = { good: 'check', warn: 'warning', bad: 'error' };

const marked = (tone: Tone, words: string) => {
  const icon = icons[tone];
  return (
    <Badge tone={tone} {...(icon && { icon })}>
      {words}
    </Badge>
  );
};

/** What an investigation found: `Spoof`, `Forwarder or list`. */
export const VerdictChip = ({ word }: { readonly word: VerdictWord }) =>
  marked(verdicts[word].tone, verdicts[word].name);

/** The result of a check: `pass`, `fail`; with `of` also its name: `dmarc fail`. */
export const ResultChip = ({ result, of }: { readonly result: string; readonly of?: string }) =>
  marked(toneOfResult(result), of ? `${of} ${result}` : result);

/** How bad: a severity of a rule, a risk of an investigation. */
export const RiskChip = ({ level }: { readonly level: string }) => (
  <Badge tone={toneOfRisk(level)}>{level.charAt(0).toUpperCase() + level.slice(1)}</Badge>
);
