import { useState } from 'react';
import { useLocation } from 'wouter';
import type { RulePage } from '../../../src/server/workbench/rules/rule-card.ts';
import { huntLink, postJson, useJson, useMe } from '../api/index.ts';
import { useActions } from '../keys/index.ts';
import { Badge, Button, FailureNotice, Page, RiskChip, Spinner, type TabPage, Tabs } from '../ui/index.ts';
import { Findings } from './findings.tsx';
import { prove } from './proof-run.ts';
import { ProofView } from './proof-view.tsx';
import { RuleEditor } from './rule-editor.tsx';
import { RuleOverview } from './rule-overview.tsx';
import css from './rule-view.module.css';
import { type RuleRun, RunView } from './run-view.tsx';
import { useWork } from './use-work.ts';
import { kindName, LintBadges, VerdictBadge } from './verdict-badge.tsx';

type View = 'overview' | 'result' | 'proof' | 'findings' | 'file';

/** How often a test is played with other names when it is asked for here; the command line takes 20. */
const VARIATIONS = 5;

/** A rule's page: what it looks for and why, whether it is proved, what it finds here; it can be run, proved and changed. */
export function RuleView({ ruleKey }: { readonly ruleKey: string }) {
  const { value: rule, error, again } = useJson<RulePage>(`/api/v1/rules/${encodeURIComponent(ruleKey)}`);
  if (error !== undefined)
    return (
      <Page title="Rule">
        <FailureNotice error={error} actions={<Button onPress={again}>Try again</Button>} />
      </Page>
    );
  if (rule === undefined)
    return (
      <Page title="Rule">
        <Spinner label="Reading the rule" />
      </Page>
    );
  return <Shown rule={rule} onChanged={again} />;
}

function Shown({ rule, onChanged }: { readonly rule: RulePage; readonly onChanged: () => void }) {
  const [view, setView] = useState<View>('overview');
  const [, go] = useLocation();
  const { may } = useMe();
  const { key } = rule;
  const run = useWork((signal) => postJson<RuleRun>('/api/v1/rules/run', { key }, signal));
  const proof = useWork((signal, tell) => prove({ key }, VARIATIONS, signal, tell));
  const start = (what: View, work: { readonly start: () => void }) => () => {
    setView(what);
    work.start();
  };
  useActions([
    { name: 'Run this rule over the store', keys: 'r', group: 'Rule', run: start('result', run) },
    { name: 'Prove this rule', keys: 'p', group: 'Rule', run: start('proof', proof) },
    { name: 'Open its query in Hunt', keys: 'o', group: 'Rule', run: () => go(`~${huntLink(rule.query)}`) },
    { name: 'All rules', group: 'Rule', run: () => go('/') },
  ]);
  const tabs: readonly TabPage<View>[] = [
    { id: 'overview', name: 'Overview', content: <RuleOverview rule={rule} /> },
    { id: 'result', name: 'Result here', content: <RunView rule={rule} work={run} /> },
    { id: 'proof', name: 'Proof', content: <ProofView rule={rule} work={proof} /> },
    {
      id: 'findings',
      name: 'Lint',
      count: rule.findings.length || undefined,
      content: (
        <div className={css.view}>
          <Findings findings={rule.findings} />
        </div>
      ),
    },
    {
      id: 'file',
      name: may('edit') ? 'Edit' : 'File',
      content: <RuleEditor rule={rule} isReadOnly={!may('edit')} onSaved={onChanged} />,
    },
  ];
  return (
    <Page
      title={rule.name}
      tools={
        <>
          <Button look="quiet" icon="left" onPress={() => go('/')}>
            All rules
          </Button>
          <Button look="primary" icon="play" onPress={start('result', run)}>
            Run
          </Button>
          <Button icon="good" onPress={start('proof', proof)}>
            Prove
          </Button>
          <Button icon="hunt" onPress={() => go(`~${huntLink(rule.query)}`)}>
            Open in Hunt
          </Button>
        </>
      }
    >
      <div className={css.badges}>
        {rule.severity && <RiskChip level={rule.severity} />}
        <Badge>{kindName(rule.kind)}</Badge>
        <VerdictBadge
          standing={proof.value ? { ...rule.standing, verdict: proof.value.verdict } : rule.standing}
          long
        />
        <LintBadges lint={rule.standing.lint} />
        {rule.origin === 'own' && <Badge tone="accent">yours</Badge>}
      </div>
      <Tabs label="Views of the rule" tabs={tabs} chosen={view} onChoose={setView} />
    </Page>
  );
}
