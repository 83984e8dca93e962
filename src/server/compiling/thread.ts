/** The thread that compiles queries, so that a large one keeps nobody waiting: the other side of `compiler.ts`. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import {
  type Catalog,
  checkText,
  compileOn,
  type Engine,
  format,
  type LoadedRows,
  type RunContext,
  type Surroundings,
} from '../../kql/index.ts';
import type { Column } from '../../values/index.ts';
import { fromPlain, toPlain } from '../threads/index.ts';
import type {
  ColumnsQuestion,
  ColumnsReply,
  Finishing,
  FromThread,
  Job,
  Line,
  PlainSurroundings,
  Purpose,
  Question,
  Reply,
  ToThread,
} from './crossing.ts';

interface Asking {
  readonly done: (reply: Reply) => void;
  readonly fail: (error: Error) => void;
}

const port = parentPort!;
const line = workerData as Line;
const asking = new Map<string, Asking>();
let catalog: Catalog | undefined;

const send = (message: FromThread): void => port.postMessage(message);

port.on('message', (message: ToThread) => {
  if (message.kind === 'job') {
    // The jobs come in order, so this is the catalog of each that follows without one.
    catalog = message.job.catalog ?? catalog;
    if (message.job.place <= Atomics.load(line.relieved, 0)) return;
    void compileJob(message.id, message.job, catalog!);
    return;
  }
  const key = `${message.id} ${message.question}`;
  const waiting = asking.get(key);
  if (waiting === undefined) return;
  asking.delete(key);
  send({ kind: 'begun', id: message.id });
  if (message.kind === 'reply') waiting.done(message.reply);
  else waiting.fail(fromPlain(message.error));
});

async function compileJob(
  id: number,
  { text, purpose, now, parameters, scope, surroundings }: Job,
  tables: Catalog,
): Promise<void> {
  let questions = 0;
  const ask = (question: Question): Promise<Reply> =>
    new Promise((done, fail) => {
      const number = ++questions;
      asking.set(`${id} ${number}`, { done, fail });
      send({ kind: 'question', id, number, question });
    });
  const engine: Engine = {
    texts: async function* (sql) {
      yield (await ask({ sql })) as readonly string[];
    },
    plan: () => Promise.reject(new Error('a compilation asks for no plan')),
  };
  send({ kind: 'begun', id });
  try {
    const context = {
      catalog: tables,
      now,
      engine,
      ...(parameters && { parameters }),
      ...(scope && { scope }),
      ...(surroundings && { surroundings: asked(surroundings, ask) }),
    };
    send({ kind: 'done', id, finished: await finishing[purpose](text, context) });
  } catch (error) {
    send({ kind: 'failed', id, error: toPlain(error) });
  }
}

/** The surroundings, of which whoever lends them is asked. */
const asked = (plain: PlainSurroundings, ask: (question: Question) => Promise<Reply>): Surroundings => ({
  ...plain,
  external: (external) => ask({ external }) as Promise<LoadedRows>,
  tables: plain.tables.map(({ name, parameters }) => ({
    name,
    parameters,
    columns: (args) => columnsNow({ version: plain.version, table: name, args }),
    load: (args) => ask({ lent: name, args }) as Promise<LoadedRows>,
  })),
});

/** Waits for the columns of a lent table, and does nothing else meanwhile. */
function columnsNow(question: ColumnsQuestion): readonly Column[] {
  const rung = Atomics.load(line.bell, 0);
  send({ kind: 'columns', ...question });
  Atomics.wait(line.bell, 0, rung);
  const reply = receiveMessageOnPort(line.port)!.message as ColumnsReply;
  if ('error' in reply) throw fromPlain(reply.error);
  return reply.columns;
}

const finishing: { readonly [P in Purpose]: (text: string, context: RunContext) => Promise<Finishing[P]> } = {
  // The plan stays here: nobody runs it.
  run: async (text, context) => {
    const { tables, ...rest } = await compileOn(text, context);
    return { ...rest, tables: tables.map(({ plan: _, ...table }) => table) };
  },
  check: async (text, context) => {
    const { refusal, ...rest } = await checkText(text, context);
    return { ...rest, refusal: refusal && toPlain(refusal) };
  },
  format: async (text) => format(text),
};
