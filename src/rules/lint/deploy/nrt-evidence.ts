/**
 * What Defender's Continuous (NRT) rules are known to take, as data: Microsoft's page names the subset of transformations,
 * and two public series of tests say what the portal and the Graph API really took. Where these disagree we say so.
 */
export const nrtSources = {
  rules: 'https://learn.microsoft.com/defender-xdr/custom-detection-rules#continuous-nrt-frequency',
  subset: 'https://learn.microsoft.com/azure/azure-monitor/data-collection/data-collection-transformations-kql',
  /** Tried one by one in Defender, February 2026. */
  tried: 'https://github.com/FalconForceTeam/NRT-KQL',
  sentinel: 'https://learn.microsoft.com/azure/sentinel/near-real-time-rules',
} as const;

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Tables whose rules can be continuous; the tables of Sentinel are in preview. */
export const nrtTables: ReadonlySet<string> = words(`
  AlertEvidence CloudAppEvents DeviceEvents DeviceFileCertificateInfo DeviceFileEvents DeviceImageLoadEvents DeviceInfo
  DeviceLogonEvents DeviceNetworkEvents DeviceNetworkInfo DeviceProcessEvents DeviceRegistryEvents EmailAttachmentInfo
  EmailEvents EmailPostDeliveryEvents EmailUrlInfo IdentityDirectoryEvents IdentityLogonEvents IdentityQueryEvents
  UrlClickEvents`);

/** Columns of such tables that are no part of what is streamed. */
export const unstreamedColumns: Readonly<Record<string, ReadonlySet<string>>> = {
  EmailEvents: words('LatestDeliveryLocation LatestDeliveryAction'),
};

/** The columns that one `parse` may give. */
export const PARSE_COLUMNS = 10;

/** What the documented subset has and tests saw work: nothing to say about these. */
const settled = {
  operators: words('extend project print where filter parse project-away project-rename datatable'),
  texts: words(`
    == != <> =~ !~ contains !contains contains_cs !contains_cs has !has has_cs !has_cs startswith !startswith
    startswith_cs !startswith_cs endswith !endswith endswith_cs !endswith_cs in !in`),
  functions: words(`
    binary_and binary_not binary_or binary_shift_left binary_shift_right binary_xor tobool todatetime todouble toreal
    toguid toint tolong tostring totimespan ago datetime_add datetime_diff datetime_part dayofmonth dayofweek dayofyear
    endofday endofmonth endofweek endofyear getmonth getyear hourofday make_datetime make_timespan now startofday
    startofmonth startofweek startofyear weekofyear array_concat array_length pack_array pack parse_json parse_xml zip
    abs bin floor ceiling exp exp2 exp10 isfinite isinf isnan log log2 log10 pow round sign case iif max_of min_of
    base64_encodestring base64_decodestring countof extract_all indexof isempty isnotempty split strcat
    strcat_delim strlen substring tolower toupper hash_sha256 gettype isnull isnotnull columnifexists not`),
};

/** Outside the documented subset, and yet taken in tests: may work, is promised nowhere. */
const onlyTried = {
  operators: words('sort order take limit'),
  texts: words('has_any has_all in~ !in~'),
  functions: words('iff trim trim_start trim_end strcat_array todynamic bag_pack monthofyear replace'),
};

/** In the documented subset, and refused in tests. */
const onlyDocumented = {
  operators: new Set<string>(),
  texts: new Set(['matches regex']),
  functions: words('extract'),
};

/** What is said of a construct: refused, or doubtful because the sources disagree. */
export interface NrtVerdict {
  readonly outcome: 'refused' | 'doubtful';
  readonly reason: string;
}

type Family = keyof typeof settled;

const refused: NrtVerdict = { outcome: 'refused', reason: 'the KQL subset of continuous rules does not have it' };

/**
 * Whether a continuous rule may use an operator (`summarize`), an operator of texts (`has_any`) or a function; undefined
 * where nothing speaks against it.
 *
 * @example nrtVerdict('texts', 'hasprefix')?.outcome // 'refused'
 */
export function nrtVerdict(family: Family, name: string): NrtVerdict | undefined {
  if (settled[family].has(name)) return undefined;
  if (onlyTried[family].has(name))
    return {
      outcome: 'doubtful',
      reason:
        'the documented KQL subset of continuous rules does not have it, though tests of February 2026 saw it taken',
    };
  if (onlyDocumented[family].has(name))
    return {
      outcome: 'doubtful',
      reason: 'the documented KQL subset of continuous rules has it, but tests of February 2026 saw it refused',
    };
  return refused;
}
