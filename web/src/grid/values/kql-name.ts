import { quoted } from './kql-literal.ts';

/** Words that KQL's grammar takes for itself where a column's name could stand. */
const KEYWORDS = new Set(
  `access accumulate alias and anomalycolumns as asc axes bagexpansion between bin by c cluster consume contains
  containscs count counts createdtime database database datascope datatable declare default desc distinct dynamic
  earliest element encoding endswith evaluate except execute expand externaldata extend facet false filter find first
  flags fork format from fullouter getschema granny graph has has_all has_any hidden hot hotcache hotdata hotindex
  id in inner innerunique into invoke isfuzzy join kind last latest leftanti leftantisemi leftinner leftouter leftsemi
  legend let limit linear list local log lookup make map matches materialize missing mv nan nooptimization not null nulls
  of on or order pack panels parse parse_where partition pattern print project query_parameters range reduce regex
  relaxed render restrict rightanti rightantisemi rightinner rightouter rightsemi sample scan search serialize series
  set simple sort stacked stacked100 startswith step string summarize table take text then this threshold title to
  top toscalar totable true type typeof union unstacked uuid verbose verbosity version view visible where with
  withsource xaxis xcolumn xmax xmin xtitle yaxis ycolumns ymax ymin ysplit ytitle bool boolean date datetime decimal
  double guid int long real time timespan uint ulong float`.split(/\s+/),
);

/**
 * A column's name as it stands in KQL: bare where it can, in brackets otherwise.
 *
 * @example kqlName('Sender From') // `["Sender From"]`
 */
export const kqlName = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) && !KEYWORDS.has(name) ? name : `[${quoted(name)}]`;
