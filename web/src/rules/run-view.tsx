import type { RulePage } from '../../../src/server/workbench/rules/rule-card.ts';
import type { Column, Warning } from '../api/index.ts';
import { shownText } from '../grid/values/cell-text.ts';
import { visibleText } from '../grid/values/hidden-characters.ts';
import { Badge, Button, counted, EmptyState, FailureNotice, Notice, Spinner, Table } from '../ui/index.ts';
import css from './run-view.module.css';
import type { Work } from './use-work.ts';

/** What a rule found in the store, as `POST /api/v1/rules/run` answers. */
export interface RuleRun {
  readonly count: number;
  readonly hasFired: boolean;
  readonly trigger?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly unknown[])[];
  readonly warnings: readonly Warning[];
  readonly milliseconds: number;
}

/** What the rule finds in this store, once it is run. */
export function RunView({ rule, work }: { readonly rule?: Pick<RulePage, 'last'>; readonly work: Work<RuleRun> }) {
  const { value, error, isRunning, start } = work;
  if (isRunning) return <Spinner label="The rule is running" />;
  if (error !== undefined) return <FailureNotice error={error} actions={<Button onPress={start}>Again</Button>} />;
  if (value === undefined)
    return (
      <EmptyState
        icon="play"
        title={rule?.last ? lastTitle(rule.last) : 'Not run here yet'}
        actions={
          <Button look="primary" icon="play" onPress={start}>
            Run it now
          </Button>
        }
      >
        A scheduled rule sees the rows of its look-back alone, as where it is deployed.
      </EmptyState>
    );
  return (
    <div className={css.run}>
      <p className={css.summary}>
        {value.hasFired ? <Badge tone="warn">fires</Badge> : <Badge>stays quiet</Badge>}
        <span>
          {counted(value.count, 'row')} in {value.milliseconds} ms
          {value.trigger ? `; it fires ${value.trigger}` : ''}.{' '}
          {value.rows.length < value.count && `The first ${value.rows.length} are shown; Hunt shows all.`}
        </span>
        <Button look="quiet" icon="refresh" onPress={start}>
          Again
        </Button>
      </p>
      {value.warnings.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: warnings of one answer, which do not move
        <Notice key={index} tone="warn" title={one.message}>
          {one.advice} <code>{one.code}</code>
        </Notice>
      ))}
      {value.rows.length === 0 ? (
        <EmptyState icon="good" title="It finds nothing here">
          A scheduled rule sees the rows of its look-back alone; in Hunt its query can look further back.
        </EmptyState>
      ) : (
        <Table
          label="Rows that the rule finds"
          columns={value.columns.map(({ name, type }, at) => ({
            name,
            numeric: type === 'long' || type === 'int' || type === 'real',
            cell: (row: readonly unknown[]) => (
              <span className={css.cell}>{visibleText(shownText(row[at], type))}</span>
            ),
          }))}
          rows={value.rows}
          keyOf={(_, index) => index}
        />
      )}
    </div>
  );
}

const lastTitle = ({ at, count, hasFired, error }: NonNullable<RulePage['last']>): string =>
  `Last run ${at.slice(0, 16).replace('T', ' ')} UTC: ${error ?? (hasFired ? counted(count, 'row') : 'quiet')}`;
