import { useMemo } from 'react';
import { Link, useLocation } from 'wouter';
import type { RuleCard } from '../../../src/server/workbench/rules/rule-card.ts';
import { useMe } from '../api/index.ts';
import { useActions } from '../keys/index.ts';
import {
  Badge,
  Button,
  counted,
  EmptyState,
  FailureNotice,
  Notice,
  Page,
  RiskChip,
  SearchField,
  Select,
  Spinner,
  Table,
  type TableColumn,
  useRemembered,
} from '../ui/index.ts';
import css from './catalogue.module.css';
import { tacticName } from './matrix-cells.ts';
import { noSieve, type Sieve, severitiesOf, sift, techniquesOf } from './sift.ts';
import { rulePath, useRules } from './use-rules.ts';
import { kindName, VerdictBadge } from './verdict-badge.tsx';

/** All rules, narrowed by words and by what they are. */
export function Catalogue() {
  const { value, error, again } = useRules();
  const [, go] = useLocation();
  const { may } = useMe();
  const [sieve, setSieve] = useRemembered<Sieve>('rules.sieve', readSieve, noSieve);
  const shown = useMemo(() => sift(value?.rules ?? [], sieve), [value, sieve]);
  const set = (part: Partial<Sieve>) => setSieve({ ...sieve, ...part });
  useActions([
    { name: 'Show the ATT&CK matrix', group: 'Rules', run: () => go('/matrix') },
    ...(may('edit') ? [{ name: 'Write a new rule', group: 'Rules', run: () => go('/new') }] : []),
  ]);
  return (
    <Page
      title="Rules"
      note={value && `${shown.length} of ${value.rules.length}`}
      tools={
        <>
          <Button icon="table" onPress={() => go('/matrix')}>
            ATT&amp;CK matrix
          </Button>
          {may('edit') && (
            <Button icon="plus" onPress={() => go('/new')}>
              New rule
            </Button>
          )}
        </>
      }
    >
      <div className={css.sieve}>
        <SearchField
          label="Search the rules"
          placeholder="Words, a table, a technique"
          value={sieve.words}
          onChange={(words) => set({ words })}
        />
        <Pick
          label="Kind"
          chosen={sieve.kind}
          names={['scheduled', 'nrt', 'hunting']}
          nameOf={kindName}
          onChoose={(kind) => set({ kind })}
        />
        <Pick
          label="Severity"
          chosen={sieve.severity}
          names={severitiesOf(value?.rules ?? [])}
          onChoose={(severity) => set({ severity })}
        />
        <Pick
          label="Tactic"
          chosen={sieve.tactic}
          names={[...new Set((value?.rules ?? []).flatMap(({ tactics }) => tactics))].sort()}
          nameOf={tacticName}
          onChoose={(tactic) => set({ tactic })}
        />
        <Pick
          label="Technique"
          chosen={sieve.technique}
          names={techniquesOf(value?.rules ?? [])}
          onChoose={(technique) => set({ technique })}
        />
        <Pick
          label="Proof"
          chosen={sieve.verdict}
          names={['proved', 'unproved', 'failing', 'refused', 'unknown']}
          onChoose={(verdict) => set({ verdict })}
        />
        {sieve !== noSieve && Object.values(sieve).some(Boolean) && (
          <Button look="quiet" icon="close" onPress={() => setSieve(noSieve)}>
            Clear
          </Button>
        )}
      </div>
      {error !== undefined && <FailureNotice error={error} actions={<Button onPress={again}>Try again</Button>} />}
      {value?.problems.map((problem) => (
        <Notice key={problem} tone="warn">
          {problem}
        </Notice>
      ))}
      {value === undefined && error === undefined && <Spinner label="Reading the rules" />}
      {value !== undefined && shown.length === 0 && (
        <EmptyState icon="rules" title="No rule is like that">
          Clear the words and choices above to see all {value.rules.length}.
        </EmptyState>
      )}
      {shown.length > 0 && <Table label="Rules" columns={columns} rows={shown} keyOf={({ key }) => key} />}
    </Page>
  );
}

const columns: readonly TableColumn<RuleCard>[] = [
  {
    name: 'Rule',
    grows: true,
    cell: ({ key, name, summary, origin }) => (
      <div className={css.rule}>
        <Link href={rulePath(key)}>{name}</Link>
        {origin === 'own' && <Badge tone="accent">yours</Badge>}
        <span className={css.summary}>{summary}</span>
      </div>
    ),
  },
  { name: 'Severity', cell: ({ severity }) => severity && <RiskChip level={severity} /> },
  { name: 'Proof', cell: ({ standing }) => <VerdictBadge standing={standing} /> },
  { name: 'Kind', cell: ({ kind }) => <span className={css.word}>{kindName(kind)}</span> },
  { name: 'Techniques', cell: ({ techniques }) => <Words words={techniques} /> },
  { name: 'Reads', cell: ({ tables }) => <Words words={tables} /> },
  { name: 'Last run', cell: ({ last }) => (last ? <LastRunWords {...last} /> : '–') },
];

/** Names below each other, none broken. */
const Words = ({ words }: { readonly words: readonly string[] }) => (
  <span className={css.words}>
    {words.map((word) => (
      <span key={word}>{word}</span>
    ))}
  </span>
);

/** What it found the last time. */
function LastRunWords({ count, hasFired, at, error }: NonNullable<RuleCard['last']>) {
  const when = at.slice(0, 16).replace('T', ' ');
  if (error !== undefined) return <Badge tone="bad">refused</Badge>;
  return (
    <span title={`${when} UTC`}>
      {hasFired ? <Badge tone="warn">{counted(count, 'row')}</Badge> : <Badge>quiet</Badge>}
    </span>
  );
}

interface PickProps {
  readonly label: string;
  readonly chosen: string;
  readonly names: readonly string[];
  readonly nameOf?: (id: string) => string;
  readonly onChoose: (id: string) => void;
}

/** One of some words, or any. */
const Pick = ({ label, chosen, names, nameOf = (id) => id, onChoose }: PickProps) => (
  <Select
    label={label}
    bare
    chosen={chosen || 'any'}
    onChoose={(id) => onChoose(id === 'any' ? '' : id)}
    options={[{ id: 'any', name: `Any ${label.toLowerCase()}` }, ...names.map((id) => ({ id, name: nameOf(id) }))]}
  />
);

function readSieve(kept: unknown): Sieve | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const known = Object.keys(noSieve) as (keyof Sieve)[];
  const entries = known.map((name) => [name, String((kept as Record<string, unknown>)[name] ?? '')]);
  return Object.fromEntries(entries) as unknown as Sieve;
}
