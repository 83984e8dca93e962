SELECT *
FROM (
  SELECT
    coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid('{"a":1}') THEN json_extract_string('{"a":1}', '$.a') END, ''), '\s*[+-]?\d+\s*|\s*\+?0[xX][0-9a-fA-F]{1,16}\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid('{"a":1}') THEN json_extract_string('{"a":1}', '$.a') END, '') AS BIGINT) END, TRY_CAST(trunc(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid('{"a":1}') THEN json_extract_string('{"a":1}', '$.a') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid('{"a":1}') THEN json_extract_string('{"a":1}', '$.a') END, '') AS DOUBLE) END) AS BIGINT), CASE coalesce(CASE WHEN json_valid('{"a":1}') THEN json_extract_string('{"a":1}', '$.a') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END) AS "a"
  UNION ALL
  SELECT
    coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid('{"a":2}') THEN json_extract_string('{"a":2}', '$.a') END, ''), '\s*[+-]?\d+\s*|\s*\+?0[xX][0-9a-fA-F]{1,16}\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid('{"a":2}') THEN json_extract_string('{"a":2}', '$.a') END, '') AS BIGINT) END, TRY_CAST(trunc(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid('{"a":2}') THEN json_extract_string('{"a":2}', '$.a') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid('{"a":2}') THEN json_extract_string('{"a":2}', '$.a') END, '') AS DOUBLE) END) AS BIGINT), CASE coalesce(CASE WHEN json_valid('{"a":2}') THEN json_extract_string('{"a":2}', '$.a') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END) AS "a"
)
ORDER BY "a" ASC NULLS FIRST
