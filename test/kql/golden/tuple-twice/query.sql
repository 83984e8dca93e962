SELECT
  coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[1]') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[1]') END, '') AS DOUBLE) END, CASE WHEN NOT starts_with(NULLIF(CASE WHEN json_valid("$tuple_0") THEN CAST(json_extract("$tuple_0", '$[1]') AS VARCHAR) END, 'null'), '"') THEN CASE coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[1]') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END END) AS "series_fit_line_y_slope",
  coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("$tuple_1") THEN json_extract_string("$tuple_1", '$[1]') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("$tuple_1") THEN json_extract_string("$tuple_1", '$[1]') END, '') AS DOUBLE) END, CASE WHEN NOT starts_with(NULLIF(CASE WHEN json_valid("$tuple_1") THEN CAST(json_extract("$tuple_1", '$[1]') AS VARCHAR) END, 'null'), '"') THEN CASE coalesce(CASE WHEN json_valid("$tuple_1") THEN json_extract_string("$tuple_1", '$[1]') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END END) AS "series_fit_line_y_slope1"
FROM (
  SELECT
    kql_call('series_fit_line', 'dynamic', 'dynamic', CAST('[1,2,4]' AS VARCHAR)) AS "$tuple_0",
    kql_call('series_fit_line', 'dynamic', 'dynamic', CAST('[1,2,4]' AS VARCHAR)) AS "$tuple_1"
)
