import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that a message has on its way through a queue. */
const PATIENCE = 15_000;
const LOOK = 50;
const CHECKS = ['spf', 'dkim', 'dmarc'];

/**
 * Takes a message that came through a contender, and makes sure that all three checks were made and passed.
 *
 * @param messages what has arrived; it is empty afterwards
 */
export async function verified(name: string, messages: string[]): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (messages.length === 0) {
    if (performance.now() > deadline) throw new Error(`${name}: nothing has arrived`);
    await sleep(LOOK);
  }
  const [text = ''] = messages.splice(0);
  const header = text.slice(0, text.indexOf('\r\n\r\n'));
  const said = header
    .split(/\r\n(?![ \t])/)
    .filter((field) => /^Authentication-Results:/i.test(field))
    .join('\n');
  const failed = CHECKS.filter((check) => !new RegExp(`\\b${check}=pass\\b`).test(said));
  if (failed.length > 0) throw new Error(`${name} does not say ${failed.join(', ')}=pass:\n${header}`);
}
