SELECT *
FROM (
  SELECT
    'search_arg0' AS "$table",
    "Timestamp",
    "Id",
    "Url",
    "sender"
  FROM "Clicks"
  WHERE ("sender" <> 'z')
    AND (((contains(lower(coalesce((strftime(make_timestamp("Timestamp" // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST("Timestamp" % 10 AS VARCHAR) || 'Z'), '')), 'm2') AND regexp_full_match(lower(coalesce((strftime(make_timestamp("Timestamp" // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST("Timestamp" % 10 AS VARCHAR) || 'Z'), '')), '(?s)(?:.*[^\p{L}\p{N}])?m2(?:[^\p{L}\p{N}].*)?')) OR (contains(lower("Id"), 'm2') AND regexp_full_match(lower("Id"), '(?s)(?:.*[^\p{L}\p{N}])?m2(?:[^\p{L}\p{N}].*)?')) OR (contains(lower("Url"), 'm2') AND regexp_full_match(lower("Url"), '(?s)(?:.*[^\p{L}\p{N}])?m2(?:[^\p{L}\p{N}].*)?')) OR (contains(lower("sender"), 'm2') AND regexp_full_match(lower("sender"), '(?s)(?:.*[^\p{L}\p{N}])?m2(?:[^\p{L}\p{N}].*)?'))) AND (NOT (contains(lower("Url"), 'b') AND regexp_full_match(lower("Url"), '(?s)(?:.*[^\p{L}\p{N}])?b(?:[^\p{L}\p{N}].*)?'))))
)
