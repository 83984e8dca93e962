/** Names that Microsoft's library knows and that are refused here, with the reason; a pattern stands for a family. */
export const refusals: readonly { readonly names: RegExp; readonly shown: string; readonly reason: string }[] = [
  {
    names: /^(?:__geo|geo_(?!info_from_ip_address$))/,
    shown: 'the functions and plugins `geo_…`',
    reason: 'geography is left for later; `geo_info_from_ip_address` runs',
  },
  {
    names: /^(?:graph.*|make-graph|all|map|labels|inner_nodes|node_degree_in|node_degree_out|node_id)$/,
    shown: 'the graph operators and their functions (`make-graph`, `graph-match`, `node_degree_in`, …)',
    reason: 'graphs are left for later',
  },
  {
    names: /^__/,
    shown: 'the functions `__…`',
    reason: 'they are inner ones of the Kusto service, in no reference',
  },
  { names: /^(?:python|r|csharp)$/, shown: '`python`, `r`, `csharp`', reason: 'no other language runs inside a query' },
  {
    names: /^(?:http_request|http_request_post)$/,
    shown: '`http_request`, `http_request_post`',
    reason: 'a query reaches nothing outside; `externaldata` can be allowed to',
  },
  {
    names:
      /^(?:ai_.*|azure_digital_twins_query_request|cosmosdb_sql_request|dax_request|mysql_request|postgresql_request|sql_request)$/,
    shown:
      'the plugins that ask a service (`ai_…`, `sql_request`, `mysql_request`, `postgresql_request`, `cosmosdb_sql_request`, `dax_request`, `azure_digital_twins_query_request`)',
    reason: 'they are services of a cloud',
  },
  {
    names:
      /^(?:external_table|materialized_view|stored_query_result|entity_group|external_datatable|infer_storage_schema.*|macro-expand|execute-and-cache|execute_query|execute_show_command)$/,
    shown:
      '`external_table`, `materialized_view`, `stored_query_result`, `entity_group`, `macro-expand`, `infer_storage_schema`, `execute_query`, …',
    reason: 'a store has none of these, and there is one cluster and one database',
  },
  {
    names: /^(?:current_principal.*|current_node_id)$/,
    shown: '`current_principal`, `current_principal_details`, `current_principal_is_member_of`, `current_node_id`',
    reason: 'nobody signs in here, and there are no nodes',
  },
  {
    names: /^(?:cursor_.*|current_cursor|row_id|rowstore_ordinal_range)$/,
    shown: '`cursor_after`, `cursor_before_or_at`, `cursor_current`, `row_id`, …',
    reason: 'there are no database cursors; compare a time column',
  },
  {
    names: /^hash_(?:combine|many)$/,
    shown: '`hash_combine`, `hash_many`',
    reason: 'how Kusto combines hashes is told nowhere',
  },
  {
    names: /^parse_user_agent$/,
    shown: '`parse_user_agent`',
    reason: 'the list of known browsers and devices is not part of this program',
  },
  {
    names: /^estimate_rows_count$/,
    shown: '`estimate_rows_count`',
    reason: 'it tells of how Kusto stores rows',
  },
  {
    names: /^(?:passthrough|identity|identity_v3|funnel_sequence|assert-schema|bad-query)$/,
    shown: '`passthrough`, `identity`, `funnel_sequence`, `assert-schema`',
    reason: 'the reference has no page of them that says what they give',
  },
];

/** Why a name is refused, or undefined. */
export const refusalOf = (name: string): string | undefined => refusals.find(({ names }) => names.test(name))?.reason;
