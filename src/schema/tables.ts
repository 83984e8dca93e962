import type { TableSchema } from './table.ts';
import { agentsTables } from './tables/agents.ts';
import { alertsTables } from './tables/alerts.ts';
import { cloudTables } from './tables/cloud.ts';
import { dataSecurityTables } from './tables/data-security.ts';
import { deviceInventoryTables } from './tables/device-inventory.ts';
import { deviceVulnerabilitiesTables } from './tables/device-vulnerabilities.ts';
import { devicesTables } from './tables/devices.ts';
import { emailTables } from './tables/email.ts';
import { identityTables } from './tables/identity.ts';
import { identityDirectoryTables } from './tables/identity-directory.ts';
import { messagesTables } from './tables/messages.ts';
import { sentinelTables } from './tables/sentinel.ts';
import { sentinelCloudTables } from './tables/sentinel-cloud.ts';
import { witnessTables } from './tables/witness.ts';

/** All tables, mail first. */
export const tables: readonly TableSchema[] = [
  ...emailTables,
  ...witnessTables,
  ...messagesTables,
  ...alertsTables,
  ...identityTables,
  ...identityDirectoryTables,
  ...devicesTables,
  ...deviceInventoryTables,
  ...deviceVulnerabilitiesTables,
  ...cloudTables,
  ...dataSecurityTables,
  ...agentsTables,
  ...sentinelTables,
  ...sentinelCloudTables,
];

const byName = new Map(tables.map((table) => [table.name.toLowerCase(), table]));

/** The table of that name, in whatever case, or undefined. */
export const tableNamed = (name: string): TableSchema | undefined => byName.get(name.toLowerCase());
