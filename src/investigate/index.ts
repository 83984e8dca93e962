/** One message or one sender -> verdict, story, report. */
export { type Asked, type InvestigationMeans, investigate, USUAL_LIMIT } from './investigate.ts';
export type {
  Investigation,
  Letter,
  MessageOverview,
  NextStep,
  Overview,
  Reason,
  Risk,
  SenderOverview,
  TimelineEntry,
  Verdict,
  VerdictWord,
} from './investigation.ts';
export { judgedBy } from './judged-by.ts';
export { letterOf } from './letter/letter-of.ts';
export { isBad, overviewOf } from './overview.ts';
export { investigationPage } from './page.ts';
export { reportHtml } from './report/report-html.ts';
export { reportMarkdown } from './report/report-markdown.ts';
export { safePage } from './report/safe-page.ts';
export { reportSections, type Section, timeText, wordTitles } from './report/sections.ts';
export { timelineOf } from './timeline.ts';
export { weightsWith } from './verdict/own-weights.ts';
export { type Judging, verdictOf } from './verdict/verdict-of.ts';
export { whyOf } from './why.ts';
