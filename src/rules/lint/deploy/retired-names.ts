/** Tables and columns that Microsoft renamed, replaced or withdrew, as data. */

const changes = 'https://learn.microsoft.com/defender-xdr/advanced-hunting-schema-changes';

export interface RetiredName {
  /** What to read instead, in words or as a name. */
  readonly successor: string;
  /** Year and month, where they are known. */
  readonly since: string | undefined;
  readonly source: string;
  /** True where the old name can be replaced by the new one and nothing else changes. */
  readonly isRenamed?: true;
}

const renamed = (successor: string, since: string | undefined, source = changes): RetiredName => ({
  successor,
  since,
  source,
  isRenamed: true,
});

const today = 'https://learn.microsoft.com/defender-xdr/advanced-hunting-schema-tables';
const signIns = 'https://learn.microsoft.com/defender-xdr/advanced-hunting-entraidsigninevents-table';
const spnSignIns = 'https://learn.microsoft.com/defender-xdr/advanced-hunting-entraidspnsigninevents-table';

export const retiredTables: Readonly<Record<string, RetiredName>> = {
  AADSignInEventsBeta: renamed('EntraIdSignInEvents', '2026-10', signIns),
  AADSpnSignInEventsBeta: renamed('EntraIdSpnSignInEvents', '2026-10', spnSignIns),
  AppFileEvents: { successor: 'CloudAppEvents', since: '2021-05', source: changes },
  DeviceTvmSoftwareInventoryVulnerabilities: {
    successor: 'DeviceTvmSoftwareInventory and DeviceTvmSoftwareVulnerabilities',
    since: '2021-03',
    source: changes,
  },
  AlertEvents: { successor: 'AlertInfo and AlertEvidence', since: '2020-10', source: changes },
  MachineInfo: renamed('DeviceInfo', undefined, today),
  MachineNetworkInfo: renamed('DeviceNetworkInfo', undefined, today),
  ProcessCreationEvents: renamed('DeviceProcessEvents', undefined, today),
  NetworkCommunicationEvents: renamed('DeviceNetworkEvents', undefined, today),
  FileCreationEvents: renamed('DeviceFileEvents', undefined, today),
  RegistryEvents: renamed('DeviceRegistryEvents', undefined, today),
  LogonEvents: renamed('DeviceLogonEvents', undefined, today),
  ImageLoadEvents: renamed('DeviceImageLoadEvents', undefined, today),
  MiscEvents: renamed('DeviceEvents', undefined, today),
};

const verdict: RetiredName = {
  successor: 'ThreatTypes (`ThreatTypes has "Phish"`, `has "Malware"`)',
  since: '2021-02',
  source: changes,
};
const methods: RetiredName = {
  successor: 'DetectionMethods, JSON with a list for each kind of threat',
  since: '2021-02',
  source: changes,
};
const confidence: RetiredName = {
  successor: 'ConfidenceLevel, JSON with a level for each kind of threat (`parse_json(ConfidenceLevel).Phish`)',
  since: undefined,
  source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-emailevents-table',
};

/** By name; no table in use has a column of that name. */
export const retiredColumns: Readonly<Record<string, RetiredName>> = {
  FinalEmailAction: renamed('EmailAction', '2020-12'),
  FinalEmailActionPolicy: renamed('EmailActionPolicy', '2020-12'),
  FinalEmailActionPolicyGuid: renamed('EmailActionPolicyGuid', '2020-12'),
  MalwareFilterVerdict: verdict,
  PhishFilterVerdict: verdict,
  MalwareDetectionMethod: methods,
  PhishDetectionMethod: methods,
  PhishConfidenceLevel: confidence,
  SpamConfidenceLevel: confidence,
  DeviceObjectId: renamed('AadDeviceId', '2021-02'),
  EventTime: renamed('Timestamp', undefined, today),
  MachineId: renamed('DeviceId', undefined, today),
  ComputerName: renamed('DeviceName', undefined, today),
};
