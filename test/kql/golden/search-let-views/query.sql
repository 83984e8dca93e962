SELECT
  "$table",
  "Id",
  "note"
FROM (
  SELECT
    'a"''b' AS "$table",
    'm1' AS "note",
    '' AS "Id"
  WHERE (contains('m1', 'm1') AND regexp_full_match('m1', '(?s)(?:.*[^\p{L}\p{N}])?m1(?:[^\p{L}\p{N}].*)?'))
  UNION ALL
  SELECT
    'Other' AS "$table",
    'm2' AS "note",
    '' AS "Id"
  WHERE (contains('m2', 'm1') AND regexp_full_match('m2', '(?s)(?:.*[^\p{L}\p{N}])?m1(?:[^\p{L}\p{N}].*)?'))
  UNION ALL
  SELECT
    'Mail' AS "$table",
    '' AS "note",
    "Id"
  FROM "Mail"
  WHERE ((contains(lower(coalesce((strftime(make_timestamp("Timestamp" // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST("Timestamp" % 10 AS VARCHAR) || 'Z'), '')), 'm1') AND regexp_full_match(lower(coalesce((strftime(make_timestamp("Timestamp" // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST("Timestamp" % 10 AS VARCHAR) || 'Z'), '')), '(?s)(?:.*[^\p{L}\p{N}])?m1(?:[^\p{L}\p{N}].*)?')) OR (contains(lower("Id"), 'm1') AND regexp_full_match(lower("Id"), '(?s)(?:.*[^\p{L}\p{N}])?m1(?:[^\p{L}\p{N}].*)?')) OR (contains(lower("Sender"), 'm1') AND regexp_full_match(lower("Sender"), '(?s)(?:.*[^\p{L}\p{N}])?m1(?:[^\p{L}\p{N}].*)?')) OR (contains(lower(coalesce(CAST("Size" AS VARCHAR), '')), 'm1') AND regexp_full_match(lower(coalesce(CAST("Size" AS VARCHAR), '')), '(?s)(?:.*[^\p{L}\p{N}])?m1(?:[^\p{L}\p{N}].*)?')) OR (contains(lower("Auth"), 'm1') AND regexp_full_match(lower("Auth"), '(?s)(?:.*[^\p{L}\p{N}])?m1(?:[^\p{L}\p{N}].*)?')) OR (contains(lower(coalesce(CASE WHEN isfinite("Score") THEN CAST("Score" AS VARCHAR) WHEN isnan("Score") THEN 'NaN' WHEN "Score" > 0 THEN 'Infinity' WHEN "Score" < 0 THEN '-Infinity' END, '')), 'm1') AND regexp_full_match(lower(coalesce(CASE WHEN isfinite("Score") THEN CAST("Score" AS VARCHAR) WHEN isnan("Score") THEN 'NaN' WHEN "Score" > 0 THEN 'Infinity' WHEN "Score" < 0 THEN '-Infinity' END, '')), '(?s)(?:.*[^\p{L}\p{N}])?m1(?:[^\p{L}\p{N}].*)?')) OR (contains(lower(coalesce(CASE "Bulk" WHEN true THEN 'True' WHEN false THEN 'False' END, '')), 'm1') AND regexp_full_match(lower(coalesce(CASE "Bulk" WHEN true THEN 'True' WHEN false THEN 'False' END, '')), '(?s)(?:.*[^\p{L}\p{N}])?m1(?:[^\p{L}\p{N}].*)?')) OR (contains(lower(coalesce(CASE WHEN json_valid("Extra") THEN json_extract_string("Extra", '$') END, '')), 'm1') AND regexp_full_match(lower(coalesce(CASE WHEN json_valid("Extra") THEN json_extract_string("Extra", '$') END, '')), '(?s)(?:.*[^\p{L}\p{N}])?m1(?:[^\p{L}\p{N}].*)?')))
  UNION ALL
  SELECT
    'Clicks' AS "$table",
    '' AS "note",
    "Id"
  FROM "Clicks"
  WHERE ((contains(lower(coalesce((strftime(make_timestamp("Timestamp" // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST("Timestamp" % 10 AS VARCHAR) || 'Z'), '')), 'm1') AND regexp_full_match(lower(coalesce((strftime(make_timestamp("Timestamp" // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST("Timestamp" % 10 AS VARCHAR) || 'Z'), '')), '(?s)(?:.*[^\p{L}\p{N}])?m1(?:[^\p{L}\p{N}].*)?')) OR (contains(lower("Id"), 'm1') AND regexp_full_match(lower("Id"), '(?s)(?:.*[^\p{L}\p{N}])?m1(?:[^\p{L}\p{N}].*)?')) OR (contains(lower("Url"), 'm1') AND regexp_full_match(lower("Url"), '(?s)(?:.*[^\p{L}\p{N}])?m1(?:[^\p{L}\p{N}].*)?')) OR (contains(lower("sender"), 'm1') AND regexp_full_match(lower("sender"), '(?s)(?:.*[^\p{L}\p{N}])?m1(?:[^\p{L}\p{N}].*)?')))
)
