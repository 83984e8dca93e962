import { type Investigation, investigate, reportHtml, reportMarkdown } from '../../investigate/index.ts';
import { type Route, sendJson, type Visit } from '../http/route.ts';
import { noJudging } from './messages-judging.ts';
import { jsonAnswer, otherAnswer } from './messages-operations.ts';
import { lookUp } from './messages-rows.ts';
import { meansOf, subjectOf } from './messages-subject.ts';

/** A form of the report. */
interface Form {
  readonly path: string;
  readonly type: string;
  readonly write: (investigation: Investigation) => string;
  /** What a browser that shows it may do. */
  readonly policy: string;
}

const forms: readonly Form[] = [
  {
    path: 'report.html',
    type: 'text/html',
    write: reportHtml,
    policy: "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
  },
  { path: 'report.md', type: 'text/markdown', write: reportMarkdown, policy: "default-src 'none'; sandbox" },
  {
    path: 'report.json',
    type: 'application/json',
    write: (investigation) => JSON.stringify(investigation, null, 2),
    policy: "default-src 'none'; sandbox",
  },
];

/** One message followed to its end, and the report of it. */
export const messageInvestigationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/messages/:id/investigation',
    needs: 'query',
    operation: jsonAnswer('Why it failed, what it is, what became of it, what to do', 'the investigation'),
    answer: async (visit) => sendJson(visit.response, 200, await investigated(visit)),
  },
  ...forms.map(
    (form): Route => ({
      method: 'GET',
      path: `/api/v1/messages/:id/${form.path}`,
      needs: 'query',
      operation: otherAnswer('The investigation as a report', { description: 'one safe file', type: form.type }),
      answer: (visit) => report(visit, form),
    }),
  ),
];

async function investigated(visit: Visit): Promise<Investigation> {
  const { id, opened } = subjectOf(visit);
  const { options, weighing } = visit.site.judging ?? noJudging;
  const house = { acceptedDomains: options.acceptedDomains, trustedSealers: options.composite?.trustedSealers ?? [] };
  const asked = opened ? { eml: { judged: opened.judged } } : { id };
  return lookUp(visit, (signal) => investigate(asked, { ...meansOf(visit, signal), ...(weighing ?? { house }) }));
}

async function report(visit: Visit, { type, write, policy }: Form): Promise<void> {
  const body = Buffer.from(write(await investigated(visit)));
  visit.response.writeHead(200, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': body.length,
    'Content-Security-Policy': policy,
    'Referrer-Policy': 'no-referrer',
  });
  visit.response.end(body);
}
