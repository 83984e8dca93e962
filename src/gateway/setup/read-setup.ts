import { join } from 'node:path';
import { entriesOf, isText, needed, type Spot, sizeText, timeText, wrong, yamlSpot } from '../../yaml/index.ts';
import { gateTimes, loopLimits } from '../judging/index.ts';
import { largestIn } from '../memory.ts';
import { quarantineLimits } from '../quarantine/index.ts';
import { readerOf } from './field.ts';
import { gatewayFields } from './gateway-fields.ts';
import type { GatewaySetup } from './setup.ts';

/** What counts where the file does not say. */
const usual = { journalLimit: 2 ** 30, grace: 30_000, refusals: 60 } as const;

/**
 * The setup that a `gateway.yaml` says. Relative paths are those of its folder.
 *
 * @param file its path
 * @param store the store's folder: the gate's own is in it unless the file says otherwise
 * @throws MailhuntError GATE0001 with line and column of the first mistake
 * @example readSetup('hostname: mx.example.com\nmilter: inet:8892@127.0.0.1\n', 'gateway.yaml', '.mailhunt').onTrouble // 'closed'
 */
export function readSetup(content: string, file: string, store: string): GatewaySetup {
  const spot = yamlSpot(content, file, 'GATE0001');
  const found = readerOf(gatewayFields)(spot);
  if (found.smtp === undefined && found.milter === undefined) wrong(spot, 'needs smtp or milter: where mail comes in');
  const setup: GatewaySetup = {
    hostname: needed(spot, 'hostname', found.hostname),
    alsoKnownAs: found.also_known_as ?? [],
    policy: found.policy,
    onTrouble: found.on_trouble ?? 'closed',
    keepMessages: found.keep_messages ?? false,
    threads: found.threads ?? 1,
    folder: found.folder ?? join(store, 'gate'),
    journalLimit: found.journal_limit ?? usual.journalLimit,
    quarantine: found.quarantine ?? quarantineLimits,
    dnsTime: found.dns_time ?? gateTimes.dns,
    rulingTime: found.ruling_time ?? gateTimes.ruling,
    grace: found.grace ?? usual.grace,
    metrics: found.metrics,
    refusals: found.refusals ?? usual.refusals,
    loops: {
      received: found.loops?.received ?? loopLimits.received,
      passes: found.loops?.passes ?? loopLimits.passes,
    },
    release: found.release ?? found.smtp?.nextHop,
    seal: found.seal,
    smtp: found.smtp,
    milter: found.milter,
  };
  refuseContradictions(spot, setup);
  return setup;
}

/** Numbers that are well each by itself and not together: with them some mail would never be taken. */
function refuseContradictions(spot: Spot, { dnsTime, rulingTime, smtp, milter }: GatewaySetup): void {
  if (rulingTime <= dnsTime)
    wrong(
      writtenIn(spot, ['ruling_time'], ['dns_time']),
      `ruling_time (${timeText(rulingTime)}) must be longer than dns_time (${timeText(dnsTime)})`,
    );
  const pairs = [
    { front: 'smtp', most: largestIn(smtp?.limits.memory ?? 0), message: smtp?.limits.message ?? 0 },
    { front: 'milter', most: largestIn(milter?.limits.heldBytes ?? 0), message: milter?.limits.messageBytes ?? 0 },
  ];
  for (const { front, most, message } of pairs) {
    if (message <= most) continue;
    wrong(
      writtenIn(spot, [front, 'limits', 'memory'], [front, 'limits', 'message']),
      `a message of ${sizeText(message)} would find no room: with this memory the largest has ${sizeText(most)}`,
    );
  }
}

/** The first of some values that the file has. */
function writtenIn(spot: Spot, ...paths: readonly (readonly string[])[]): Spot {
  const found = paths.map((path) => path.reduce<Spot | undefined>((at, name) => at && valueIn(at, name), spot));
  return found.find((one) => one !== undefined) ?? spot;
}

const valueIn = (spot: Spot, name: string): Spot | undefined =>
  isText(spot) ? undefined : entriesOf(spot).find(({ key }) => key === name)?.value;
