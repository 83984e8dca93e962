import type { ReactNode } from 'react';
import type { RulePage } from '../../../src/server/workbench/rules/rule-card.ts';
import { CodeBlock, Facts, Panel } from '../ui/index.ts';
import { tacticName } from './matrix-cells.ts';
import css from './rule-overview.module.css';

/** What a rule looks for and why, what it needs, and what to do when it fires. */
export function RuleOverview({ rule }: { readonly rule: RulePage }) {
  const { story } = rule;
  return (
    <div className={css.overview}>
      <div className={css.story}>
        {story.hypothesis && <Prose title="Hypothesis" text={story.hypothesis} />}
        {rule.description && <Prose title="What it finds" text={rule.description} />}
        <CodeBlock label="KQL" text={rule.query} />
        {story.severityReason && <Prose title="Why this severity" text={story.severityReason} />}
        <Items title="Investigation" items={story.investigation} render={(text) => <Question text={text} />} ordered />
        <Items
          title="Response"
          items={story.response}
          render={({ action, when, how }) => (
            <>
              <strong>{action}</strong> when {when}: {how}
            </>
          )}
        />
        <Items
          title="Known false positives"
          items={story.falsePositives}
          render={({ description, watchlist }) => (
            <>
              {description}
              {watchlist && (
                <>
                  {' '}
                  Left out by the watchlist <code>{watchlist}</code>.
                </>
              )}
            </>
          )}
        />
        <Items title="Tuning" items={story.tuning} render={(text) => text} />
        {story.atomicTest && (
          <CodeBlock
            label={`Try it: scenario ${story.atomicTest.scenario}`}
            text={story.atomicTest.steps.map((step) => `npx ${step}`).join('\n')}
          />
        )}
        <Items title="References" items={story.references} render={(text) => <Reference text={text} />} />
      </div>
      <aside className={css.facts}>
        <Panel title="Facts">
          <Facts facts={factsOf(rule)} />
        </Panel>
        {rule.missing.length > 0 && (
          <Panel title="What it does not say">
            <ul className={css.list}>
              {rule.missing.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </Panel>
        )}
      </aside>
    </div>
  );
}

const factsOf = (rule: RulePage): readonly (readonly [string, ReactNode])[] => [
  ['Tactics', rule.tactics.map(tacticName).join(', ')],
  ['Techniques', rule.techniques.map((id) => `${id} ${rule.techniqueNames[id] ?? ''}`.trim()).join(', ')],
  ['Confidence', rule.story.confidence],
  ['Runs', scheduleWords(rule)],
  ['Reads', rule.connectors.map(({ name }) => name).join(', ')],
  ['Watchlists', rule.watchlists.join(', ')],
  ['Returns', rule.columns.map(({ name }) => name).join(', ')],
  ['Companions', (rule.story.companions ?? []).join(', ')],
  ['File', <code key="file">{rule.path}</code>],
  ['Id', rule.id && <code key="id">{rule.id}</code>],
  ['Version', rule.version],
];

const HOUR = 3_600_000;

function scheduleWords({ kind, schedule }: RulePage): string {
  if (kind === 'nrt') return 'over each event as it arrives';
  const { frequency, period } = (schedule ?? {}) as { frequency?: number; period?: number };
  if (frequency === undefined || period === undefined) return kind === 'hunting' ? 'by hand' : '';
  return `every ${hours(frequency)} over the last ${hours(period)}`;
}

const hours = (ms: number): string =>
  ms % (24 * HOUR) === 0
    ? `${ms / (24 * HOUR)}\u00a0d`
    : ms % HOUR === 0
      ? `${ms / HOUR}\u00a0h`
      : `${ms / 60_000}\u00a0min`;

function Prose({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <section>
      <h2>{title}</h2>
      <p className={css.prose}>{text.trim()}</p>
    </section>
  );
}

interface ItemsProps<T> {
  readonly title: string;
  readonly items: readonly T[] | undefined;
  readonly render: (item: T) => ReactNode;
  readonly ordered?: boolean;
}

function Items<T>({ title, items = [], render, ordered }: ItemsProps<T>) {
  if (items.length === 0) return null;
  const List = ordered ? 'ol' : 'ul';
  return (
    <section>
      <h2>{title}</h2>
      <List className={css.list}>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the items of a rule's file, which do not move
          <li key={index}>{render(item)}</li>
        ))}
      </List>
    </section>
  );
}

/** Words, and below them the KQL that answers. */
function Question({ text }: { readonly text: string }) {
  const [first = '', ...kql] = text.trim().split('\n');
  return (
    <>
      {first}
      {kql.length > 0 && <CodeBlock label="KQL" text={kql.join('\n')} />}
    </>
  );
}

/** A web address as text: rules come from anywhere, and a press should not lead there. */
const Reference = ({ text }: { readonly text: string }) => <span className={css.reference}>{text}</span>;
