import { useLocation } from 'wouter';
import { useJson } from '../api/index.ts';
import { Button, counted, FailureNotice, Page, remember, Spinner } from '../ui/index.ts';
import css from './matrix.module.css';
import { type Attack, type MatrixCell, matrixOf, proofWords, tacticName } from './matrix-cells.ts';
import { noSieve } from './sift.ts';
import { useRules } from './use-rules.ts';

/** The techniques that the rules look for, under their tactics; a press shows the rules. */
export function Matrix() {
  const rules = useRules();
  const attack = useJson<Attack>('/api/v1/attack');
  const [, go] = useLocation();
  const error = rules.error ?? attack.error;
  const columns = rules.value && attack.value ? matrixOf(rules.value.rules, attack.value) : undefined;
  const within = columns?.filter(({ cells }) => cells.length > 0) ?? [];
  const without = columns?.filter(({ cells }) => cells.length === 0) ?? [];
  const show = (tactic: string, technique: string) => {
    remember('rules.sieve', { ...noSieve, tactic, technique });
    go('/');
  };
  return (
    <Page
      title="ATT&CK matrix"
      note="Techniques that the rules look for; a press shows their rules"
      tools={
        <Button look="quiet" icon="left" onPress={() => go('/')}>
          All rules
        </Button>
      }
    >
      {error !== undefined && <FailureNotice error={error} />}
      {columns === undefined && error === undefined && <Spinner label="Reading the rules" />}
      {columns && without.length > 0 && (
        <p className={css.none}>No rule yet for {without.map(({ tactic }) => tacticName(tactic)).join(', ')}.</p>
      )}
      {columns && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1)
        <section className={css.matrix} aria-label="Techniques by tactic" tabIndex={0}>
          {within.map(({ tactic, cells }) => (
            <section key={tactic} className={css.column} aria-label={tacticName(tactic)}>
              <h2>{tacticName(tactic)}</h2>
              {cells.map((cell) => (
                <Technique key={cell.id} cell={cell} onShow={() => show(tactic, cell.id)} />
              ))}
            </section>
          ))}
        </section>
      )}
    </Page>
  );
}

function Technique({
  cell: { id, name, rules, proved },
  onShow,
}: {
  readonly cell: MatrixCell;
  readonly onShow: () => void;
}) {
  return (
    <button type="button" className={proved === rules ? css.proved : css.partly} onClick={onShow}>
      <span className={css.id}>{id}</span>
      <span className={css.name}>{name}</span>
      <span className={css.count}>
        {counted(rules, 'rule')}, {proofWords(rules, proved)}
      </span>
    </button>
  );
}
