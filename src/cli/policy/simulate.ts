import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { MailhuntError } from '../../errors/index.ts';
import type { Investigation } from '../../investigate/index.ts';
import type { Decided, Look, Replay, SimulationMeans } from '../../policy/index.ts';
import { ticksFromUnixMs, unixMsFromTicks } from '../../values/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { harmlessJson, printedJson } from '../harmless.ts';
import { judgeOptionsFor } from '../mail-settings.ts';
import { progressLine } from '../progress.ts';
import { momentOf } from '../since.ts';
import { openSession } from '../store-session.ts';
import { policyIn } from './policy-file.ts';
import { replayText } from './simulation-text.ts';
import { count, hurtsInnocents, percent } from './simulation-words.ts';

const NAME = 'policy simulate';

/** `mailhunt policy simulate`: a policy over the mail that came. */
export const simulate: Command = {
  usage: 'policy simulate POLICY [POLICY2] [--since 30d] [--look N] [--json] [--html FILE] [--messages FILE]',
  summary:
    'Replays stored mail against a policy: what each rule would have done, and whom it would have hurt; 1 where innocents.',
  help: `  POLICY2            another one over the same mail: where the two differ; the exit code is about this one
  --since TIME       from when on: 30d (default), 12h, or a date
  --look N           investigates one message of each of the N largest groups that would be held (50; 0 for none)
  --json             everything, for programs
  --html FILE        writes the report as one safe HTML file as well
  --messages FILE    writes a line of JSON for every message: who, to whom, the rule, the answer of SMTP
`,
  example: 'policy simulate policy.yaml --since 30d --html whom-it-hurts.html',
  options: {
    since: { type: 'string', default: '30d' },
    look: { type: 'string', default: '50' },
    json: { type: 'boolean' },
    html: { type: 'string' },
    messages: { type: 'string' },
  },
  positionals: 2,
  run,
};

const wrong = (text: string, cause?: unknown) => new MailhuntError('CLI0001', { text, command: NAME }, { cause });

async function run(call: Call): Promise<ExitCode> {
  const { values, positionals, signal, err } = call;
  const [file, other] = positionals;
  if (file === undefined) throw wrong('give a policy: mailhunt policy init writes one to begin with');
  const policies = [await policyIn(file, NAME), ...(other === undefined ? [] : [await policyIn(other, NAME)])];
  const most = numberOf(values.look);
  const now = ticksFromUnixMs(call.now());
  const from = sinceOf(String(values.since), now);
  const start = unixMsFromTicks(from);
  const door = await import('../../policy/index.ts');
  signal.throwIfAborted();
  await using session = await openSession(call);
  const line = progressLine(err, () => performance.now());
  const { acceptedDomains, composite } = judgeOptionsFor(call, 'auto');
  const messages = await messagesFile(values.messages, door.answerOf);
  const means: SimulationMeans = {
    store: session,
    now,
    signal,
    acceptedDomains,
    trustedSealers: composite?.trustedSealers ?? [],
    kept: { ids: (ids) => session.kept(ids), bytes: (id) => session.message(id) },
    progress: (done, at) =>
      line.show(`${count(done, 'message')}, up to ${dayOf(at)} (${percent(at - start, call.now() - start)})`),
    ...(messages === undefined ? {} : { told: messages.write }),
    ...(most === 0
      ? {}
      : {
          looking: {
            look: await lookOf(call, session, now),
            most,
            progress: (at, of, { author, carrier }) => line.show(`looking at ${at} of ${of}: ${author} by ${carrier}`),
          },
        }),
  };
  line.show('reading who was known before');
  try {
    const replay = await door.simulate(policies, from, now, means);
    line.clear();
    await write(replay, call);
    return hurtsInnocents(replay.simulations.at(-1)!) ? 1 : 0;
  } finally {
    line.clear();
    await messages?.close();
  }
}

/** Investigations, as a replay asks for them. */
async function lookOf(call: Call, session: Awaited<ReturnType<typeof openSession>>, now: bigint) {
  const { investigate, judgedBy } = await import('../../investigate/index.ts');
  const judging = judgedBy(call.settings);
  const { signal } = call;
  const keptMessage = (id: string) => session.message(id);
  return async (id: string): Promise<Look> =>
    lookFrom(id, await investigate({ id }, { store: session, now, signal, keptMessage, ...judging }));
}

const lookFrom = (id: string, { verdict, nextSteps, letter }: Investigation): Look => ({
  id,
  word: verdict.word,
  confidence: verdict.confidence,
  summary: verdict.summary,
  reasons: verdict.reasons.filter(({ points }) => points > 0).map(({ words }) => words),
  steps: nextSteps.map(({ words }) => words),
  ...(letter === undefined ? {} : { letter }),
});

async function write(replay: Replay, { values, out }: Call): Promise<void> {
  if (typeof values.html === 'string') {
    const { replayHtml } = await import('./simulation-page.ts');
    await writeFile(values.html, replayHtml(replay)).catch((cause: Error) => {
      throw wrong(`--html ${values.html}: ${cause.message}`, cause);
    });
  }
  if (values.json !== true) return out.write(replayText(replay, out));
  await out.write(printedJson(replay));
}

/** A line of JSON a message. */
async function messagesFile(path: unknown, answerOf: (action: Decided['decisions'][number]['action']) => string) {
  if (typeof path !== 'string') return undefined;
  const stream = createWriteStream(path);
  await once(stream, 'open').catch((cause: Error) => {
    throw wrong(`--messages ${path}: ${cause.message}`, cause);
  });
  let failed: Error | undefined;
  stream.on('error', (cause) => {
    failed = cause;
  });
  const said = ({ rule = '', action }: Decided['decisions'][number]) => ({
    rule,
    action: action.kind,
    answer: answerOf(action),
  });
  const lineOf = ({ item, decisions: [first, second] }: Decided): string =>
    JSON.stringify({
      id: item.id,
      time: new Date(item.at).toISOString(),
      from: item.authors[0]?.address ?? '',
      recipients: item.recipients,
      ...said(first!),
      ...(second === undefined ? {} : { second: said(second) }),
    });
  const check = (): void => {
    if (failed !== undefined) throw wrong(`--messages ${path}: ${failed.message}`, failed);
  };
  return {
    write: async (block: readonly Decided[]): Promise<void> => {
      check();
      const isFull = !stream.write(block.map((one) => `${harmlessJson(lineOf(one))}\n`).join(''));
      if (isFull) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
    },
    close: async (): Promise<void> => {
      await new Promise<void>((resolve) => stream.end(() => resolve()));
      check();
    },
  };
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function numberOf(text: unknown): number {
  if (/^\d{1,4}$/.test(String(text)) && Number(text) <= 1000) return Number(text);
  throw wrong(`--look ${text}: give a number from 0 to 1000`);
}

function sinceOf(text: string, now: bigint): bigint {
  const at = momentOf(text, now);
  if (at !== undefined && at < now) return at;
  throw wrong(`--since ${text}: give a span such as 30d or 12h, or a date before now such as 2026-07-01`);
}
