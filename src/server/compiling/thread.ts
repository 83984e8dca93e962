/** The thread that compiles queries, so that a large one keeps nobody waiting: the other side of `compiler.ts`. */
import { parentPort } from 'node:worker_threads';
import { type Catalog, type CompiledTable, compileOn, type Engine, type RunnableTable } from '../../kql/index.ts';
import { type FromThread, fromPlain, type Job, type Question, type Reply, type ToThread, toPlain } from './crossing.ts';

interface Asking {
  readonly done: (reply: Reply) => void;
  readonly fail: (error: Error) => void;
}

const port = parentPort!;
const asking = new Map<string, Asking>();
let catalog: Catalog | undefined;

const send = (message: FromThread): void => port.postMessage(message);

port.on('message', (message: ToThread) => {
  if (message.kind === 'job') {
    // The jobs come in order, so this is the catalog of each that follows without one.
    catalog = message.job.catalog ?? catalog;
    void compileJob(message.id, message.job, catalog!);
    return;
  }
  const key = `${message.id} ${message.question}`;
  const asked = asking.get(key);
  asking.delete(key);
  if (message.kind === 'reply') asked?.done(message.reply);
  else asked?.fail(fromPlain(message.error));
});

async function compileJob(id: number, { text, now, parameters, surroundings }: Job, tables: Catalog): Promise<void> {
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
    const { tables: compiled, ...rest } = await compileOn(text, {
      catalog: tables,
      now,
      engine,
      ...(parameters && { parameters }),
      ...(surroundings && {
        surroundings: {
          ...surroundings,
          tables: [],
          external: (external) => ask({ external }) as never,
        },
      }),
    });
    send({ kind: 'done', id, compiled: { ...rest, tables: compiled.map(runnable) } });
  } catch (error) {
    send({ kind: 'failed', id, error: toPlain(error) });
  }
}

/** The plan stays here: nobody runs it. */
function runnable({ plan: _, ...table }: CompiledTable): RunnableTable {
  return table;
}
