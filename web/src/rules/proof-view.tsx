import type { RulePage } from '../../../src/server/workbench/rules/rule-card.ts';
import {
  Badge,
  Button,
  CodeBlock,
  EmptyState,
  FailureNotice,
  Notice,
  Spinner,
  Table,
  type TableColumn,
} from '../ui/index.ts';
import type { ProofAnswer, ProofTest } from './proof-run.ts';
import css from './run-view.module.css';
import type { Work } from './use-work.ts';
import { VerdictBadge } from './verdict-badge.tsx';

const columns: readonly TableColumn<ProofTest>[] = [
  {
    name: 'Test',
    grows: true,
    cell: ({ name, failure }) => (
      <>
        {name}
        {failure && (
          <Notice tone="bad" title={failure.message}>
            {failure.hints.join(' ')}
          </Notice>
        )}
      </>
    ),
  },
  { name: 'Expected', cell: ({ expects }) => expects },
  {
    name: 'Holds',
    cell: ({ holds, idle }) =>
      holds ? (
        <Badge tone={idle ? 'warn' : 'good'}>{idle ? 'read no rows' : 'yes'}</Badge>
      ) : (
        <Badge tone="bad">no</Badge>
      ),
  },
  { name: 'Runs', numeric: true, cell: ({ runs }) => runs },
  { name: 'ms', numeric: true, cell: ({ milliseconds }) => milliseconds },
];

/**
 * The tests beside a rule: made-up mail of known attacks and of their harmless twins goes through the real checks, and the
 * rule has to fire over the one and stay quiet over the other.
 */
export function ProofView({
  rule,
  work,
}: {
  readonly rule: Pick<RulePage, 'standing' | 'testText'>;
  readonly work: Work<ProofAnswer>;
}) {
  const { value, error, isRunning, words, start, stop } = work;
  return (
    <div className={css.run}>
      {isRunning ? (
        <p className={css.summary}>
          <Spinner label="The tests are played" /> {words} <Button onPress={stop}>Stop</Button>
        </p>
      ) : (
        <p className={css.summary}>
          <Button icon="good" onPress={start} isDisabled={rule.testText === undefined}>
            Prove now
          </Button>{' '}
          {value ? <Verdict answer={value} /> : <VerdictBadge standing={rule.standing} long />}
        </p>
      )}
      {error !== undefined && <FailureNotice error={error} />}
      {value && <Results answer={value} />}
      {rule.testText === undefined ? (
        <EmptyState icon="good" title="There are no tests beside this rule">
          A rule is proved by a test over which it fires and one over which it stays quiet; docs/rule-tests.md shows
          their form.
        </EmptyState>
      ) : (
        <CodeBlock label="Tests" text={rule.testText} />
      )}
    </div>
  );
}

const Verdict = ({ answer: { verdict, run } }: { readonly answer: ProofAnswer }) => (
  <VerdictBadge standing={{ verdict, tests: run.rules[0]?.results.length ?? 0, variations: run.variations }} long />
);

function Results({ answer: { run } }: { readonly answer: ProofAnswer }) {
  const [rule] = run.rules;
  return (
    <>
      {run.problems.map(({ message }) => (
        <Notice key={message} tone="bad" title={message} />
      ))}
      {rule?.error && <Notice tone="bad" title={rule.error.message} />}
      {(rule?.missing ?? []).length > 0 && (
        <Notice tone="warn">
          It lacks a test over which it {rule?.missing?.includes('fires') ? 'fires' : 'stays quiet'}.
        </Notice>
      )}
      <Table
        label="Tests of the rule"
        columns={columns}
        rows={rule?.results ?? []}
        keyOf={({ name }, index) => `${name} ${index}`}
      />
    </>
  );
}
