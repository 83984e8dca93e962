import { MailhuntError } from '../../../errors/index.ts';
import type { Lint } from '../lint.ts';

export const notRunHere: Lint = {
  id: 'MH429',
  name: 'not-run-here',
  group: 'file',
  severity: 'error',
  summary: 'The query is KQL, and mailhunt does not run it.',
  why: 'Some of Kusto is refused here by name rather than answered wrongly: plugins that call Python or the network, other clusters. docs/kql-support.md lists what runs.',
  source: 'docs/kql-support.md',
  targets: ['mailhunt'],
  examples: [
    {
      wrong: 'EmailEvents\n| evaluate http_request("https://www.example.com/")',
      right:
        'EmailEvents\n| project Subject, Details = parse_json(AuthenticationDetails)\n| evaluate bag_unpack(Details)',
    },
  ],
  *check({ reading }) {
    const { refusal, diagnostics = [] } = reading ?? {};
    if (!(refusal instanceof MailhuntError) || refusal.code !== 'KQL0002') return;
    if (diagnostics.some(({ severity }) => severity === 'Error')) return;
    const message = `mailhunt does not run this: ${refusal.message}.`;
    yield refusal.span === undefined ? { message } : { span: refusal.span, message };
  },
};
