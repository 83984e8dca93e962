import { useEffect, useState } from 'react';
import type { Evidence } from '../../../../src/evidence/index.ts';
import type { Investigation } from '../../../../src/investigate/index.ts';
import { useJson } from '../../api/index.ts';

/** What was looked up about a message beyond its own rows. */
export interface Findings {
  /** Clicks, campaign, what came after; undefined until it is there. */
  readonly evidence: Evidence | undefined;
  readonly evidenceError: unknown;
  readonly investigation: Investigation | undefined;
  readonly investigationError: unknown;
  readonly isInvestigating: boolean;
  /** Begins the investigation, or begins it anew where it failed. */
  readonly investigate: () => void;
}

export interface LookUp {
  /** The tab in front. */
  readonly tab: string;
  /** The message itself is there. */
  readonly isThere: boolean;
  /** The investigation was asked for with the address. */
  readonly isWanted: boolean;
}

/** Who steps through the list does not stay for this long, in milliseconds: nothing is looked up for messages he passes. */
const REST = 400;

/**
 * The evidence of a message, looked up once its reader stays with it, so that the tabs can say how much they hold; and its
 * investigation, which a press or the timeline begins.
 */
export function useFindings(base: string, { tab, isThere, isWanted }: LookUp): Findings {
  const hasRested = useRested(isThere);
  const [isPressed, setPressed] = useState(isWanted);
  const isAsked = isPressed || tab === 'timeline';
  // What the timeline asked for stays asked for when another tab is opened.
  useEffect(() => {
    if (isAsked) setPressed(true);
  }, [isAsked]);
  const investigation = useJson<Investigation>(isAsked ? `${base}/investigation` : undefined);
  const [isLookedUp, setLookedUp] = useState(false);
  const wantsEvidence = !isAsked && (hasRested || (isThere && needsEvidence.has(tab)));
  useEffect(() => {
    if (wantsEvidence) setLookedUp(true);
  }, [wantsEvidence]);
  const found = useJson<Evidence>(isLookedUp ? `${base}/evidence` : undefined);
  return {
    evidence: investigation.value?.evidence ?? found.value,
    evidenceError: found.error ?? investigation.error,
    investigation: investigation.value,
    investigationError: investigation.error,
    isInvestigating: isAsked && investigation.value === undefined && investigation.error === undefined,
    investigate: () => (investigation.error === undefined ? setPressed(true) : investigation.again()),
  };
}

const needsEvidence: ReadonlySet<string> = new Set(['clicks', 'campaign']);

/** Whether the message has been there for a moment. */
function useRested(isThere: boolean): boolean {
  const [hasRested, setRested] = useState(false);
  useEffect(() => {
    if (!isThere) return;
    const timer = setTimeout(() => setRested(true), REST);
    return () => clearTimeout(timer);
  }, [isThere]);
  return hasRested;
}
