import { type MilterFacts, type MilterOptions, startMilter } from '../../../src/gateway/milter/index.ts';
import { type MadeUpGate, madeUpGate } from './made-up-gate.ts';
import { type Mta, mtaOf } from './mta.ts';

/** A milter on a port of its own, and an MTA that is connected to it. */
export interface Started extends AsyncDisposable {
  readonly mta: Mta;
  readonly gate: MadeUpGate;
  /** Words of the events that were logged, with why where there is a reason. */
  readonly logged: string[];
  readonly facts: MilterFacts[];
  another(): Promise<Mta>;
  stop(): Promise<void>;
}

/** @param options beside a gate that hands everything on, and clients of whom none is the administrator's own */
export async function started(options: Partial<MilterOptions> & { gate?: MadeUpGate } = {}): Promise<Started> {
  const gate = options.gate ?? madeUpGate();
  const logged: string[] = [];
  const facts: MilterFacts[] = [];
  const milter = await startMilter({
    address: { kind: 'inet', host: '127.0.0.1', port: 0 },
    isOwn: () => false,
    log: (line, fact) => {
      logged.push(`${fact.event}: ${line}`);
      facts.push(fact);
    },
    ...options,
    gate,
  });
  const mtas: Mta[] = [];
  const another = async (): Promise<Mta> => {
    const mta = await mtaOf(milter.address);
    mtas.push(mta);
    return mta;
  };
  return {
    ...{ mta: await another(), gate, logged, facts, another },
    stop: () => milter.stop(),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(mtas.map((mta) => mta[Symbol.asyncDispose]()));
      await milter.stop();
    },
  };
}
