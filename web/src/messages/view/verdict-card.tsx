import type { Investigation, Reason } from '../../../../src/investigate/index.ts';
import { Badge, CodeBlock, classNames, Notice, Panel, RiskChip, VerdictChip, verdicts } from '../../ui/index.ts';
import { HuntButton } from '../hunt-button.tsx';
import { Hostile } from '../text/hostile.tsx';
import css from './message-page.module.css';

export interface VerdictCardProps {
  readonly investigation: Investigation;
  readonly base: string;
}

/** What the message is, why, what speaks against it, and what to do. */
export function VerdictCard({ investigation, base }: VerdictCardProps) {
  const { verdict, why, nextSteps, letter, evidence } = investigation;
  const speaksFor = verdict.reasons.filter(({ points }) => points > 0);
  const against = verdict.reasons.filter(({ points }) => points <= 0);
  return (
    <>
      <section className={classNames(css.verdict, css[verdicts[verdict.word].tone])} aria-label="Verdict">
        <div className={css.verdictHead}>
          <VerdictChip word={verdict.word} />
          <RiskChip level={verdict.risk.level} />
          <span className={css.muted}>confidence {Math.round(verdict.confidence * 100)} %</span>
        </div>
        <p className={css.big}>
          <Hostile text={verdict.summary} most={500} />
        </p>
        <ul className={css.why}>
          {why.map((sentence) => (
            <li key={sentence}>
              <Hostile text={sentence} most={600} />
            </li>
          ))}
        </ul>
        {verdict.risk.reasons.length > 0 && (
          <div className={css.muted}>
            Risk
            <ul className={css.why}>
              {verdict.risk.reasons.map((reason) => (
                <li key={reason}>
                  <Hostile text={reason} most={400} />
                </li>
              ))}
            </ul>
          </div>
        )}
        <p className={css.bar}>
          Report:{' '}
          {(['html', 'md', 'json'] as const).map((form) => (
            <a key={form} href={`${base}/report.${form}`} target="_blank" rel="noreferrer">
              {form === 'md' ? 'Markdown' : form.toUpperCase()}
            </a>
          ))}
        </p>
      </section>
      <Panel title="What speaks for it" note={speaksFor.length}>
        <Reasons reasons={speaksFor} />
      </Panel>
      <div className={css.columns}>
        <Panel title="What speaks against it" note={against.length}>
          <Reasons reasons={against} />
        </Panel>
        <Panel title="Points">
          <Ranking ranking={verdict.ranking} />
        </Panel>
      </div>
      <Panel title="Next steps" note={nextSteps.length}>
        <ol className={css.steps}>
          {nextSteps.map(({ name, words, query, text }) => (
            <li key={name}>
              <div className={css.stepBody}>
                <Hostile text={words} most={1000} />
                {query && <CodeBlock label="KQL" text={query} tools={<HuntButton text={query} />} />}
                {text && <CodeBlock label="To paste" text={text} wrap />}
              </div>
            </li>
          ))}
        </ol>
      </Panel>
      {letter && (
        <Panel title="Letter to the sender’s postmaster" note={letter.to}>
          <div className={css.stepBody}>
            <CodeBlock label={letter.subject} text={letter.body} wrap />
            {letter.record && (
              <CodeBlock
                label="Record to publish"
                text={`${letter.record.name} ${letter.record.type} ${letter.record.value}`}
                wrap
              />
            )}
          </div>
        </Panel>
      )}
      {evidence.gaps.length > 0 && (
        <Notice tone="warn" title="What could not be looked at">
          {evidence.gaps.map(({ about, words }) => (
            <p key={`${about} ${words}`}>{words}</p>
          ))}
        </Notice>
      )}
    </>
  );
}

function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  if (reasons.length === 0) return <p className={css.muted}>Nothing.</p>;
  return (
    <ul className={css.reasons}>
      {reasons.map(({ signal, words, points, isForgeable, query }) => (
        <li key={signal}>
          <span className={classNames(css.points, points > 0 ? css.for : css.against)}>
            {points > 0 ? '+' : ''}
            {Math.round(points * 10) / 10}
          </span>
          <span>
            <Hostile text={words} most={500} /> {isForgeable && <Badge>the sender could write that</Badge>}
          </span>
          <span>{query && <HuntButton text={query} />}</span>
        </li>
      ))}
    </ul>
  );
}

function Ranking({ ranking }: { readonly ranking: Investigation['verdict']['ranking'] }) {
  const most = Math.max(1, ...ranking.map(({ points }) => points));
  return (
    <ul className={css.ranking} aria-label="All verdicts with their points">
      {ranking.map(({ word, points }) => (
        <li key={word}>
          <span>{verdicts[word].name}</span>
          <span className={css.barTrack}>
            <span className={css.barFill} style={{ width: `${Math.max(0, (points / most) * 100)}%` }} />
          </span>
          <span>{Math.round(points * 10) / 10}</span>
        </li>
      ))}
    </ul>
  );
}
