import { MailhuntError } from '../../../errors/index.ts';
import { isOfRule, type RuleRun, rulesOfText, runRule, tactics, techniqueOf } from '../../../rules/index.ts';
import { ticksFromUnixMs } from '../../../values/index.ts';
import { inTurn } from '../../http/in-turn.ts';
import type { JsonSchema, Operation } from '../../http/operation.ts';
import { type Route, sendJson, type Visit } from '../../http/route.ts';
import { TextResponse } from '../../http/text-response.ts';
import { startWork } from '../../http/work.ts';
import type { RuleText } from './rule-task.ts';

const MB = 1024 * 1024;
/** Bytes of a rule's file. */
const MAX_RULE = 1 * MB;
/** Rows of a result that the page gets; a hunt shows the others. */
const ROWS = 500;
/** Milliseconds that the linter may take: the parser needs long for texts made to take long. */
const LINT_TIME = 15_000;
/** Milliseconds that a proof may take. */
const PROOF_TIME = 10 * 60_000;

/** A name, and no way to another folder. */
const fileName: JsonSchema = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._ -]{0,119}$' };
const ruleText: JsonSchema = { type: 'string', maxLength: MAX_RULE };

const textMembers = { name: fileName, text: ruleText, tests: ruleText };

/** An operation whose body is an object of these members. */
const taking = (
  summary: string,
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[],
): Operation => ({
  summary,
  body: {
    type: 'application/json',
    limit: 3 * MAX_RULE,
    schema: { type: 'object', properties, required, additionalProperties: false },
  },
  answers: { 200: { description: 'what came of it', type: 'application/json' } },
});

const giving = (summary: string, parameters: Readonly<Record<string, JsonSchema>> = {}): Operation => ({
  summary,
  parameters,
  answers: { 200: { description: 'the answer', type: 'application/json' } },
});

const key = { key: { type: 'string', maxLength: 200 } };

/** The rules: those that come with mailhunt and those of the store. */
export const ruleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/rules',
    needs: 'query',
    operation: giving('All rules at a glance, and files that could not be read'),
    answer: async ({ site, response }) => sendJson(response, 200, await site.rules.list()),
  },
  {
    method: 'GET',
    path: '/api/v1/rules/:key',
    needs: 'query',
    operation: giving('One rule whole, with its text, its tests and what the linter says', key),
    answer: page,
  },
  {
    method: 'GET',
    path: '/api/v1/attack',
    needs: 'query',
    operation: giving('The tactics of ATT&CK in their order, and the techniques that rules name'),
    answer: attack,
  },
  {
    method: 'POST',
    path: '/api/v1/rules/lint',
    needs: 'query',
    operation: taking('Lints the text of a rule that need not be saved', textMembers, ['name', 'text']),
    answer: lint,
  },
  {
    method: 'POST',
    path: '/api/v1/rules/test',
    needs: 'query',
    operation: {
      ...taking(
        'Proves a rule, or a text, by the tests beside it; lines of JSON: progress, then the run',
        { key: key.key, ...textMembers, variations: { type: 'integer', minimum: 1, maximum: 50 } },
        [],
      ),
      answers: { 200: { description: 'lines of JSON', type: 'application/x-ndjson' } },
    },
    answer: test,
  },
  {
    method: 'POST',
    path: '/api/v1/rules/run',
    needs: 'query',
    operation: taking(
      'Runs a rule, or a text, over the store',
      { key: key.key, ...textMembers, whole: { type: 'boolean' } },
      [],
    ),
    answer: run,
  },
  {
    method: 'PUT',
    path: '/api/v1/rules/:key',
    needs: 'edit',
    operation: { ...taking('Saves a rule in the store’s own folder', textMembers, ['name', 'text']), parameters: key },
    answer: save,
  },
  {
    method: 'DELETE',
    path: '/api/v1/rules/:key',
    needs: 'edit',
    operation: giving('Removes a rule from the store’s own folder', key),
    answer: async ({ site, response, params }) => {
      await site.rules.remove(params.key ?? '');
      sendJson(response, 200, {});
    },
  },
];

async function attack({ site, response }: Visit): Promise<void> {
  const { rules } = await site.rules.list();
  const ids = [...new Set(rules.flatMap((rule) => rule.techniques))].sort();
  const techniques = ids.map((id) => {
    const known = techniqueOf(id);
    return { id, name: known?.name ?? '', tactics: known?.tactics ?? [] };
  });
  sendJson(response, 200, { tactics, techniques });
}

async function page({ site, response, params }: Visit): Promise<void> {
  using work = startWork(response, LINT_TIME, site.closing);
  sendJson(response, 200, await site.rules.page(params.key ?? '', { signal: work.signal }));
}

async function lint({ site, response, body }: Visit): Promise<void> {
  using work = startWork(response, LINT_TIME, site.closing);
  sendJson(response, 200, await site.rules.lint(body as RuleText, { signal: work.signal }));
}

/** The text that a request means: its own, or that of the rule whose key it names. */
async function textIn({ site, body }: Visit): Promise<RuleText & { readonly key?: string }> {
  const { key, name, text, tests } = body as { key?: string } & Partial<RuleText>;
  const saved = key === undefined ? undefined : await site.rules.textOf(key);
  const own = { name: name ?? saved?.name, text: text ?? saved?.text, tests: tests ?? saved?.tests };
  if (own.name === undefined || own.text === undefined)
    throw new MailhuntError('HTTP0002', {
      path: '/api/v1/rules',
      text: 'give the key of a rule, or its name and text',
    });
  return {
    name: own.name,
    text: own.text,
    ...(own.tests !== undefined && { tests: own.tests }),
    ...(text === undefined && key !== undefined && { key }),
  };
}

async function test(visit: Visit): Promise<void> {
  const { site, response, body } = visit;
  const { key: _, ...text } = await textIn(visit);
  using work = startWork(response, PROOF_TIME, site.closing);
  const { signal } = work;
  const out = new TextResponse(response, { type: 'application/x-ndjson', gzip: false, signal });
  const say = async (line: object): Promise<void> => {
    await out.write(`${JSON.stringify(line)}\n`);
    await out.flush();
  };
  const tell = (progress: string): void => void say({ progress }).catch(() => {});
  try {
    const variations = (body as { variations?: number }).variations ?? 5;
    await say(await site.rules.test(text, variations, { signal, tell }));
  } catch (error) {
    if (!out.started || !(error instanceof MailhuntError)) throw error;
    await say({ error: { code: error.code, message: error.message, advice: error.advice } });
  }
  out.end();
}

async function run(visit: Visit): Promise<void> {
  const { site, response, body } = visit;
  const { key, name, text } = await textIn(visit);
  const { rules, problems } = rulesOfText(name, text);
  const [rule] = rules;
  if (rule === undefined)
    throw problems[0] ?? new MailhuntError('RULE0001', { file: name, text: 'there is no rule in it' });
  const means = {
    store: site.session,
    now: ticksFromUnixMs(site.now()),
    functions: [],
    parameters: {},
    rows: ROWS,
    isWhole: (body as { whole?: boolean }).whole === true,
    stopwatch: () => performance.now(),
  };
  try {
    const found = await inTurn(visit, site.settings.timeout, (signal) => runRule(rule, { ...means, signal }));
    if (key !== undefined) await site.rules.ran(key, found);
    sendJson(response, 200, shown(found));
  } catch (error) {
    if (key !== undefined && isOfRule(error)) await site.rules.ran(key, { error: error.message });
    throw error;
  }
}

/** A run as the page shows it; the rows as arrays of cells. */
const shown = ({ rule, rows, lookBack, ...run }: RuleRun) => ({
  ...run,
  name: rule.name,
  query: rule.query,
  ...(lookBack !== undefined && { lookBack }),
  milliseconds: Math.round(run.milliseconds),
  rows: rows.map((row) => JSON.parse(row) as unknown),
});

async function save({ site, response, params, body }: Visit): Promise<void> {
  const { name, text, tests } = body as RuleText;
  if (params.key !== name.replace(/\.[^.]+$/, '')) throw new MailhuntError('RULE0041', { file: name });
  using work = startWork(response, LINT_TIME, site.closing);
  const found = await site.rules.lint({ name, text }, { signal: work.signal });
  if (found.problems.length > 0 && found.findings.length === 0)
    throw new MailhuntError('RULE0001', { file: name, text: found.problems[0] ?? 'there is no rule in it' });
  await site.rules.save(name, text, tests);
  sendJson(response, 200, { key: params.key, ...found });
}
