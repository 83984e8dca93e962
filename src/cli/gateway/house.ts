import { randomUUID } from 'node:crypto';
import {
  type GateHouse,
  type GateHouseOptions,
  type GateNumbers,
  type GatewaySetup,
  openGateHouse,
} from '../../gateway/index.ts';
import { cachingResolver, isAlive, systemResolver } from '../../mail/index.ts';
import type { Call } from '../command.ts';
import { judgeOptionsFor } from '../mail-settings.ts';
import { openSession } from '../store-session.ts';
import type { Logbook } from './logbook.ts';
import { hopOf, sealOf } from './secrets.ts';

/** What a gate's house needs beside its setup. */
export interface HouseMeans {
  readonly inForce: GateHouseOptions['inForce'];
  /** Who has been seen is asked of the store before it is told of new mail: one process opens it once at a time. */
  readonly turn: Promise<void>;
  readonly logbook: Logbook;
  readonly numbers: GateNumbers | undefined;
}

/** Questions under way at once: a few letters that name zones whose servers are silent must not stall all others. */
const QUESTIONS = 256;

/** Opens the gate of a setup, with its journal and its quarantine; name servers and accepted domains are those of the settings. */
export async function openHouse(
  call: Call,
  setup: GatewaySetup,
  { inForce, turn, logbook, numbers }: HouseMeans,
): Promise<GateHouse> {
  const { settings, now } = call;
  const chosen = settings.dns_servers.length > 0;
  // Not ended by the signal that stops the gate: messages on their way are judged to their end.
  const upstream = systemResolver(chosen ? { servers: settings.dns_servers } : {});
  const { acceptedDomains, dmarcMode, rsaSha1, composite } = judgeOptionsFor(call, 'verify');
  return openGateHouse({
    inForce,
    isDnsAlive: () => isAlive(upstream, { chosen }),
    onTrouble: setup.onTrouble,
    notice: (error) => logbook.say(error.message, { level: 'warning', event: 'trouble' }),
    observe: (seen) => {
      numbers?.message(seen);
      logbook.message(seen);
    },
    judge: { acceptedDomains, dmarcMode, rsaSha1, relays: settings.trusted_relays, ...(composite && { composite }) },
    stamping: { authservId: setup.hostname, alsoKnownAs: setup.alsoKnownAs, seal: await sealOf(setup) },
    rows: { withHeaderForm: settings.header_form },
    keepMessages: setup.keepMessages,
    resolver: cachingResolver(numbers?.counted(upstream) ?? upstream, {
      now: () => performance.now(),
      concurrency: QUESTIONS,
      patienceMs: setup.dnsTime,
    }),
    threads: setup.threads,
    folder: setup.folder,
    dnsTime: setup.dnsTime,
    rulingTime: setup.rulingTime,
    journalLimit: setup.journalLimit,
    quarantineLimits: setup.quarantine,
    refusals: setup.refusals,
    loops: setup.loops,
    release: setup.release && (await hopOf(setup.release)),
    run: randomUUID(),
    connect: () => turn.then(() => openSession(call)),
    now,
  });
}
