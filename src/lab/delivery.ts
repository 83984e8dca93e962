import { authenticationDetails } from '../mail/index.ts';
import { sha256Of } from './files.ts';
import type { Attachment, Click, NamedMessage } from './message.ts';
import type { Mailbox } from './organisation.ts';
import { type Outcome, outcomes } from './outcomes.ts';
import { type Random, randomFor } from './random.ts';
import type { WitnessedMessage } from './witness.ts';

/** One message to one recipient, with everything that its row needs. Times are milliseconds since 1970. */
export interface Delivery {
  readonly message: NamedMessage['message'];
  readonly id: string;
  readonly internetId: string;
  readonly recipient: Mailbox;
  readonly outcome: Outcome;
  readonly reportId: string;
  readonly clusterId: number;
  /** Bytes. */
  readonly size: number;
  /** Defender's text of what the checks said; empty where nothing was checked. */
  readonly authenticationDetails: string;
  /** When it was removed again, or undefined. */
  readonly removedAt: number | undefined;
}

/** A click with its moment. */
export interface ClickEvent {
  readonly delivery: Delivery;
  readonly click: Click;
  readonly at: number;
  readonly reportId: string;
  readonly ip: string;
  readonly throughWarning: boolean;
}

/** A file on a delivered message. */
export interface DeliveredFile {
  readonly delivery: Delivery;
  readonly file: Attachment;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly reportId: string;
}

/** A URL of a message: once, however many recipients it had. */
export interface MessageUrl {
  readonly delivery: Delivery;
  readonly url: string;
  readonly reportId: string;
}

/** What one message leaves in the tables. */
export interface Traces {
  readonly deliveries: readonly Delivery[];
  readonly urls: readonly MessageUrl[];
  readonly files: readonly DeliveredFile[];
  readonly clicks: readonly ClickEvent[];
  readonly removals: readonly Delivery[];
}

const largeNumber = (random: Random): string => `${random.between(1, 9)}${digits(random, 18)}`;
const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.between(0, 9)).join('');

/** A click comes after its delivery and before `now`: one that would be too late is drawn into what time is left. */
function clickTime(at: number, after: number, now: number, random: Random): number {
  const left = now - at - 2000;
  return at + (after <= left ? after : 1000 + Math.floor((random.next() * left) / 1000) * 1000);
}

/** Follows one message from its ids to what people did with it. */
export function tracesOf(
  { name, message, bytes, messageId, authentication }: WitnessedMessage,
  seed: number,
  now: number,
): Traces {
  const random = randomFor(seed, 'ids', name);
  const id = random.guid();
  const removedAt = message.afterwards && message.at + message.afterwards.after;
  const shared = {
    message,
    id,
    internetId: messageId,
    outcome: outcomes[message.outcome],
    clusterId: random.between(1_000_000_000, 4_000_000_000),
    size: bytes.length,
    authenticationDetails:
      authentication === undefined ? '' : authenticationDetails(authentication.words, { withHeaderForm: true }),
    removedAt: removedAt !== undefined && removedAt < now ? removedAt : undefined,
  };
  const deliveries = message.to.map((recipient) => ({
    ...shared,
    recipient,
    reportId: `${id}-${largeNumber(random)}-1`,
  }));
  return {
    deliveries,
    urls: (message.urls ?? []).map((url) => ({
      delivery: deliveries[0]!,
      url,
      reportId: `${id}-${largeNumber(random)}`,
    })),
    files: filesOf(deliveries),
    clicks: clicksOf(deliveries, now, random),
    removals: shared.removedAt === undefined ? [] : deliveries,
  };
}

function filesOf(deliveries: readonly Delivery[]): DeliveredFile[] {
  const files = (deliveries[0]?.message.attachments ?? []).map((file) => ({ file, sha256: sha256Of(file) }));
  return deliveries.flatMap((delivery) =>
    files.map(({ file, sha256 }, i) => ({
      delivery,
      file,
      sha256,
      reportId: `${delivery.id}-${i + 1}-${sha256}-1`,
    })),
  );
}

/** What a person needs to read a warning and go on all the same. */
const HESITATION = 6000;

function clicksOf(deliveries: readonly Delivery[], now: number, random: Random): ClickEvent[] {
  return (deliveries[0]?.message.clicks ?? []).flatMap((click) => {
    const delivery = deliveries[Math.min(click.recipient, deliveries.length - 1)]!;
    const at = clickTime(delivery.message.at, click.after, now, random);
    const first = {
      delivery,
      click,
      at,
      reportId: random.guid(),
      ip: `198.51.100.${random.between(240, 250)}`,
      throughWarning: false,
    };
    return click.goesOn ? [first, { ...first, at: Math.min(at + HESITATION, now), throughWarning: true }] : [first];
  });
}
