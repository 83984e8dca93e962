import type { KeptMessage } from '../../store/index.ts';
import { Batches } from '../batches.ts';
import { type IngestStore, packIdentity, untilError } from '../identity.ts';
import type { FoundMessage } from './found-message.ts';
import type { JudgedRows, Origin } from './judge-group.ts';
import type { Judging } from './judging.ts';
import type { MailOptions } from './mail-options.ts';
import type { Pack } from './pack.ts';
import { readAhead } from './read-ahead.ts';

/** Messages that travel together, and their bytes. */
const GROUP = 16;
const GROUP_BYTES = 1 << 20;

/** The rows of a message, and where its verdict comes from. */
export interface Brought {
  readonly rows: number;
  readonly origin: Origin;
}

export interface IntakeOptions {
  readonly store: IngestStore;
  /** What else makes two readings of the same mail two sources: the rules that it is judged by. */
  readonly as: string;
  readonly batchRows?: number | undefined;
  readonly signal: AbortSignal | undefined;
  /** Keeps messages, before their rows are stored. */
  readonly keep?: MailOptions['keep'];
  /** Who judges a pack. */
  readonly judging: (pack: Pack) => Judging;
  /** Throws where what was judged must not be stored, because DNS is gone. */
  readonly check: () => void;
  /** After each message: what it brought, undefined where it had come in before. */
  readonly onMessage: (message: FoundMessage, brought: Brought | undefined) => void;
  /** After each pack that had something new. */
  readonly onPack: (batches: Batches) => void;
}

/** A group of a pack, while it is judged. */
interface UnderWay {
  readonly messages: readonly FoundMessage[];
  readonly job: Promise<readonly JudgedRows[]>;
  readonly batches: Batches;
  /** Those of the pack that are not safe yet. */
  readonly toKeep: KeptMessage[];
  readonly last: boolean;
}

/**
 * Takes packs of messages through the judging into the store, in their order; the groups of several packs are under way
 * at once, and one pack is read, and one stored, meanwhile. A pack that is in already is not judged again, one that was
 * cut off is.
 *
 * @throws what `check` throws, and what the source throws at its end; what came in before stays
 */
export async function takeIn(packs: AsyncIterable<Pack>, options: IntakeOptions): Promise<void> {
  const { store, as, batchRows, signal, judging, check, onMessage, onPack, keep } = options;
  const underWay: UnderWay[] = [];
  /** The last pack that was judged to its end, on its way into the store. */
  let storing: Promise<void> = Promise.resolve();
  let failed: { readonly cause: unknown } | undefined;
  const settle = async (): Promise<void> => {
    const { messages, job, batches, toKeep, last } = underWay.shift()!;
    const judged = await job;
    check();
    for (const [at, { position, networkMessageId: id, tables, origin }] of judged.entries()) {
      if (keep !== undefined) toKeep.push({ id, bytes: messages[at]!.bytes });
      let count = 0;
      for (const { table, columns, rows } of tables) {
        count += rows.length;
        for (const row of rows) batches.add(table, columns, row);
      }
      await batches.blockRead(position);
      onMessage(messages[at]!, { rows: count, origin });
    }
    if (!last) return;
    await batches.send();
    await storing;
    storing = batches.settled().then(() => onPack(batches));
    storing.catch(() => {});
  };
  const untilFailed = untilError(packs, (cause) => {
    failed = { cause };
  });
  for await (const pack of readAhead(untilFailed)) {
    if (signal?.aborted === true) break;
    const identity = await packIdentity(`${as}${pack.id}`, store);
    if (identity.start >= pack.messages.length) {
      for (const message of pack.messages) onMessage(message, undefined);
      continue;
    }
    const toKeep: KeptMessage[] = [];
    const keepFirst = async (): Promise<void> => void (await keep?.(toKeep.splice(0)));
    const batches = new Batches(store, identity, batchRows, keepFirst);
    const by = judging(pack);
    for (const group of groupsOf(pack.messages)) {
      const job = by.judge(group);
      // It may fail while an earlier one is waited for; the one who takes it from the list meets the error.
      job.catch(() => {});
      underWay.push({ messages: group, job, batches, toKeep, last: group.at(-1) === pack.messages.at(-1) });
      while (underWay.length > by.width) await settle();
    }
  }
  while (underWay.length > 0) await settle();
  await storing;
  if (failed !== undefined) throw failed.cause;
}

function* groupsOf(messages: readonly FoundMessage[]): Generator<readonly FoundMessage[]> {
  let group: FoundMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    group.push(message);
    bytes += message.bytes.length;
    if (group.length < GROUP && bytes < GROUP_BYTES) continue;
    yield group;
    group = [];
    bytes = 0;
  }
  if (group.length > 0) yield group;
}
