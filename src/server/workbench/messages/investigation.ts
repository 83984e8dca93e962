import { type Investigation, investigate, reportHtml, reportMarkdown } from '../../../investigate/index.ts';
import { type Route, sendJson, type Visit } from '../../http/route.ts';
import { noJudging } from './judging.ts';
import { jsonAnswer, otherAnswer } from './operations.ts';
import { lookUp } from './rows.ts';
import { meansOf, type Subject, subjectOf } from './subject.ts';

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

/** The investigation of a visit's message: the one that the same person had a moment ago, or a new one. */
async function investigated(visit: Visit): Promise<Investigation> {
  const { site, principal } = visit;
  const subject = subjectOf(visit);
  const known = site.investigations.get(principal, subject.id);
  if (known === undefined) return site.investigations.make(principal, subject.id, () => investigation(visit, subject));
  visit.note({ investigation: 'made a moment ago' });
  return known;
}

function investigation(visit: Visit, { id, opened }: Subject): Promise<Investigation> {
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
