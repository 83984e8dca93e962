import { Document } from 'yaml';
import { type Spot, type YamlLimits, yamlSpot } from '../../yaml/index.ts';

/** Exchange's 300 rules with 8 KB of words and patterns in each, as YAML writes them. */
export const policyLimits: YamlLimits = { bytes: 4 << 20, nodes: 200_000 };

/**
 * A policy file that is read.
 *
 * @param file the name that errors show
 * @throws MailhuntError POLICY0001
 */
export const policySpot = (text: string, file: string): Spot => yamlSpot(text, file, 'POLICY0001', policyLimits);

/** A plain value as it would stand in a policy file: a reader of a part of it can be tried on it. */
export const valueSpot = (value: unknown): Spot => policySpot(new Document(value ?? null).toString(), '');
