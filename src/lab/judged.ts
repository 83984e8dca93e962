import { contentHashOf, type Delivery, type FileThreat, type JudgedMessage, type Verdict } from '../ingest/index.ts';
import { type Content, claimsOf, contentLimits, contentOf, hopsOf, withQrCodes } from '../mail/index.ts';
import type { Message } from './message.ts';
import { outcomes } from './outcomes.ts';
import { randomFor } from './random.ts';
import type { WitnessedMessage } from './witness.ts';

/** However busy the machine is, the demo of one seed is the same. Milliseconds. */
const limits = { ...contentLimits, imageTime: 120_000 };

/**
 * A witnessed message as ingest has one: what can be read from its bytes is read from them, the rest is the demo's story.
 *
 * @param removed whether it has been taken out of the mailboxes again by now
 */
export async function judgedOf(
  { name, message, raw, transaction, authentication }: WitnessedMessage,
  { seed, removed }: { readonly seed: number; readonly removed: boolean },
): Promise<JudgedMessage> {
  const random = randomFor(seed, 'ids', name);
  const claims = claimsOf(raw);
  const content = await withQrCodes(contentOf(raw), { limits });
  const verdict: Verdict =
    authentication === undefined
      ? { source: 'none', words: {} }
      : { source: 'verified', words: authentication.words, authentication };
  return {
    message: raw,
    place: `demo/${name}`,
    networkMessageId: random.guid(),
    contentHash: contentHashOf(raw),
    at: message.at,
    atKnown: 'received',
    direction: message.direction,
    recipients: message.to,
    senderObjectId: message.from.objectId,
    authors: claims.authors,
    claims,
    hops: hopsOf(raw),
    transaction,
    content,
    verdict,
    delivery: deliveryOf(message, random.between(1_000_000_000, 4_000_000_000), removed),
    fileThreats: threatsOf(message, content),
  };
}

function deliveryOf(message: Message, clusterId: number, removed: boolean): Delivery {
  const { outcome, direction, language, bulkLevel, connector, distributionList, firstContact = false } = message;
  return {
    ...outcomes[outcome],
    known: 'source',
    clusterId,
    language,
    ...(bulkLevel === undefined ? {} : { bulkLevel }),
    ...(connector === undefined ? {} : { connector }),
    ...(distributionList === undefined ? {} : { distributionList }),
    ...(direction === 'Inbound' ? { firstContact } : {}),
    ...(removed ? { latestLocation: 'Quarantine', latestAction: 'Moved to quarantine' } : {}),
  };
}

/** The story says which file is bad, the message what its hash is. */
const threatsOf = ({ attachments = [] }: Message, content: Content): ReadonlyMap<string, FileThreat> =>
  new Map(
    attachments.flatMap(({ name, threat }) => {
      const file = content.attachments.find(({ fileName }) => fileName === name);
      if (threat === undefined || file === undefined) return [];
      const methods = JSON.stringify({ [threat.type]: ['File detonation'] });
      return [[file.sha256, { types: threat.type, names: threat.name, methods }]];
    }),
  );
