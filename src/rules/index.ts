/** Rule files: read, lint, prove by scenarios, make witnesses for, publish. */

export { attackVersion } from './attack/enterprise.ts';
export { type Tactic, type Technique, tactics, techniqueOf } from './attack/techniques.ts';
export { type Examination, type ExamineMeans, examineRule, type Lack, type LackKind } from './doctor/examine-rule.ts';
export { type Examined, type ListFacts, StoreFacts, type TableFacts } from './doctor/store-facts.ts';
export { type Change, changeKinds, type Feed, type FeedRule } from './feed/feed.ts';
export { writeWhole } from './feed/feed-file.ts';
export { type Imported, type ImportOptions, importFeed } from './feed/import-feed.ts';
export { rssOf } from './feed/rss.ts';
export {
  type Baseline,
  baselineText,
  type ChangedFile,
  type Fixable,
  type Found,
  findingText,
  fixRules,
  type LintOptions,
  type LintReport,
  type LintTarget,
  lintPages,
  lintRules,
  lints,
  lintTargets,
  newFindings,
  plural,
  queryRule,
  type RulesFixed,
  readBaseline,
  reportJson,
  sarif,
  summaryText,
  uselessEntries,
} from './lint/index.ts';
export type { Mutations, Survivor } from './mutate/mutate.ts';
export { packFolder } from './pack-folder.ts';
export type { Failure, Proof, TestResult, Verdict } from './prove/proof.ts';
export { runAsJson, type TestRun, tallyOf } from './prove/report-json.ts';
export { detailsOf, runAsJUnit } from './prove/report-junit.ts';
export { type TestOptions, testRules } from './prove/test-rules.ts';
export { type Covered, coverageOf } from './publish/coverage.ts';
export { type Description, describeRule, type Standing, watchlistsIn } from './publish/description.ts';
export {
  type Exported,
  type ExportedFile,
  type ExportOptions,
  type ExportTarget,
  exportRules,
  exportTargets,
} from './publish/export.ts';
export { navigatorLayer } from './publish/navigator.ts';
export { durationWords, fenced, ruleMarkdown } from './publish/rule-markdown.ts';
export { constant, Html, html, outside, type Part } from './publish/site/html.ts';
export { ruleSite, type SiteOptions } from './publish/site/site.ts';
export { type StandingsOptions, standingsOf, verdictsOf } from './publish/standings.ts';
export { defaultLimits, type ReadLimits } from './read/limits.ts';
export { namedTables } from './read/named-tables.ts';
export { type ReadOptions, type RulesRead, readRules, rulesOfText } from './read/read-rules.ts';
export type { FunctionFound } from './read/rule-file.ts';
export { writeRule, writeRules } from './read/write-rule.ts';
export type { Provenance, Rule, RuleFormat, RuleKind, RuleStory, Schedule, Severity } from './rule.ts';
export { type Answering, declaredOf, isOfRule, type RuleRun, type RunMeans, runRule } from './run/run-rule.ts';
export { type RuleWitness, type WitnessObstacle, witnessRule } from './witness/rule-witness.ts';
export { type ShownRow, shownRow } from './witness/witness-cells.ts';
