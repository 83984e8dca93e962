import type { Lint } from '../lint.ts';
import { attackLints } from './attack.ts';
import { characterLints } from './characters.ts';
import { connectorLints } from './connectors.ts';
import { doesNotParse } from './does-not-parse.ts';
import { fieldLints } from './fields.ts';
import { graphLints } from './graph.ts';
import { identityLints } from './identity.ts';
import { mappingLints } from './mappings.ts';
import { notRunHere } from './not-run-here.ts';
import { scheduleLints } from './schedule.ts';

/** The file itself, by the rules that the Azure-Sentinel repository and Microsoft Graph enforce. */
export const fileLints: readonly Lint[] = [
  doesNotParse,
  notRunHere,
  ...identityLints,
  ...scheduleLints,
  ...attackLints,
  ...connectorLints,
  ...mappingLints,
  ...fieldLints,
  ...characterLints,
  ...graphLints,
];
