import type { Policy } from './policy.ts';
import { readPolicy } from './read/read-policy.ts';

/** Days for which exceptions hold before somebody has to look at them again. */
const REVIEW_DAYS = 180;
const DAY = 86_400_000;

/**
 * The policy that `mailhunt policy init` writes: it honours what the owner of the author domain asks for, in Audit until
 * its reader changes one word. Its exceptions rest on evidence that a sender cannot write, and expire.
 *
 * @param now milliseconds since 1970
 */
export const defaultPolicyText = (
  now: number,
): string => `# What happens to mail that fails the checks of its author's own domain (docs/policy-files.md).
# Nothing is refused while this says Audit: what would be is recorded. See first whom it would hurt:
#   mailhunt policy simulate THIS-FILE --since 30d
# and then write Enforce.
name: Honour the owner's policy
mode: Audit

rules:
  # Of these nothing is known yet: the client keeps the message and comes again.
  - name: Ask again while DNS is silent
    when:
      - { DMARC: temperror, DMARCPolicy: [reject, quarantine, unknown] }
      - CompAuth: [fail, softpass, none]   # no other proof of the author's own domain either
    do: [Defer]

  # While DNS gives no key of a seal that would be an exception here, the client is asked to come again, too.
  - name: Refuse what its owner wants refused
    when:
      - { DMARC: fail, DMARCPolicy: reject }
    unless:
      - ARCSealer: trusted
        because: A sealer that you trust saw it pass before it was changed (a mailing list, mostly).
        expires: ${dayAfter(now)}
    do: [Reject]

  - name: Keep what its owner wants kept apart
    when:
      - { DMARC: fail, DMARCPolicy: quarantine }
    unless:
      - ARCSealer: trusted
        because: A sealer that you trust saw it pass before it was changed.
        expires: ${dayAfter(now)}
    do: [Quarantine]
`;

const dayAfter = (now: number): string => new Date(now + REVIEW_DAYS * DAY).toISOString().slice(0, 10);

/** That policy, read. */
export const defaultPolicy = (now: number): Policy => readPolicy(defaultPolicyText(now), '');
