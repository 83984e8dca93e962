import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewaySetup } from '../gateway/index.ts';
import { ticksFromUnixMs } from '../values/index.ts';
import { aborted } from './aborted.ts';
import { choiceIn } from './account.ts';
import type { Call, Command, ExitCode } from './command.ts';
import { openSession } from './store-session.ts';

/** `mailhunt gateway`: the gate before or beside an MTA. */
export const gateway: Command = {
  usage: 'gateway [FILE] [--check | --schema] [--log FORM]',
  summary: 'Judges mail in the SMTP conversation, before an MTA or as its milter, and does what the policy says.',
  help: `  FILE               how it is set up (gateway.yaml); docs/gateway.md shows one for each MTA
  --check            opens nothing; says what is wrong with the file, its policy, keys, certificates, DNS and next hop
  --schema           prints the form of the file as JSON Schema, for an editor that completes and underlines
  --log FORM         plain (default), or json: a line of JSON for each message
`,
  example: 'gateway gateway.yaml --check',
  options: { check: { type: 'boolean' }, schema: { type: 'boolean' }, log: { type: 'string' } },
  positionals: 1,
  run,
};

/** Milliseconds that the store has for the last decisions. */
const DRAIN = 20_000;
/** How far back the store tells who is known. */
const LOOK_BACK_DAYS = 90n;
const TICKS_PER_DAY = 864_000_000_000n;

async function run(call: Call): Promise<ExitCode> {
  const [file = 'gateway.yaml'] = call.positionals;
  if (call.values.schema === true) return printSchema(call);
  if (call.values.check === true) return (await import('./gateway/check.ts')).checkGateway(call, file);
  const form = choiceIn(call, { option: 'log', choices: ['plain', 'json'], command: 'gateway' });
  const { readSetupFile } = await import('./gateway/setup-file.ts');
  await runGate(call, await readSetupFile(call, file), form ?? 'plain');
  return 0;
}

async function printSchema({ out }: Call): Promise<ExitCode> {
  const { gatewaySchema } = await import('../gateway/index.ts');
  await out.write(`${JSON.stringify(gatewaySchema(), null, 2)}\n`);
  return 0;
}

async function runGate(call: Call, setup: GatewaySetup, form: 'plain' | 'json'): Promise<void> {
  const [{ watchPolicy }, { openLogbook }, { openHouse }, { openFronts }, { openNumbers }, { learn }] =
    await Promise.all([
      import('../gateway/index.ts'),
      import('./gateway/logbook.ts'),
      import('./gateway/house.ts'),
      import('./gateway/fronts.ts'),
      import('./gateway/numbers.ts'),
      import('./gateway/learning.ts'),
    ]);
  const logbook = openLogbook(call, form);
  const { say } = logbook;
  const readers: (() => Promise<void>)[] = [];
  using _ = call.onReload?.(() => {
    say('Reading the policy and the certificate anew.', { event: 'reload' });
    for (const read of readers) void read();
  });
  await using numbers = await openNumbers(setup.metrics);
  using watch = await watchPolicy(setup.policy, {
    now: call.now,
    onChange: ({ name, mode }) => say(`The policy is now “${name}”, ${mode}.`, { event: 'policy' }),
    onTrouble: (error) => say(`The policy stays as it was: ${error.message}`, { level: 'error', event: 'policy' }),
  });
  readers.push(watch.reload);
  const mode = () => watch.inForce().policy.mode;
  const turn = turnOf();
  const means = { inForce: watch.inForce, turn: turn.over, logbook, numbers: numbers.gate };
  await using house = await openHouse(call, setup, means);
  await using fronts = await openFronts(call, setup, { gate: house.gate, logbook, numbers: numbers.gate });
  numbers.gate?.watch(house, { fronts: fronts.counted, mode });
  readers.push(fronts.reload);
  const places = [fronts.words, ...(numbers.words === undefined ? [] : [numbers.words])].join(', ');
  await call.out.write(
    `The gate is open: ${places}. Policy “${watch.inForce().policy.name}”, ${mode()}. Ctrl-C stops it.\n`,
  );
  const from = ticksFromUnixMs(call.now()) - LOOK_BACK_DAYS * TICKS_PER_DAY;
  void learn({
    open: () => openSession(call),
    seed: (store) => house.seed({ store, now: ticksFromUnixMs(call.now()), from, signal: call.signal }),
    say,
    tried: turn.end,
    signal: call.signal,
  });
  await aborted(call.signal);
  say('Stopping: messages on their way are brought to their end.', { event: 'stop' });
  await fronts[Symbol.asyncDispose]();
  // What the store does not get now stays in the journal.
  await Promise.race([house.drained(), sleep(DRAIN, undefined, { ref: false })]);
}

/** Who has been seen is asked of the store before it is told of new mail: one process opens it once at a time. */
function turnOf(): { readonly over: Promise<void>; readonly end: () => void } {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { over, end };
}
