SELECT *
FROM (
  SELECT
    'Sizes' AS "$table",
    "Size",
    "Id",
    NULL::BIGINT AS "Timestamp",
    '' AS "Url",
    '' AS "sender"
  FROM "Mail"
  WHERE ((contains(lower(coalesce(CAST("Size" AS VARCHAR), '')), 'm2') AND regexp_full_match(lower(coalesce(CAST("Size" AS VARCHAR), '')), '(?s)(?:.*[^\p{L}\p{N}])?m2(?:[^\p{L}\p{N}].*)?')) OR (contains(lower("Id"), 'm2') AND regexp_full_match(lower("Id"), '(?s)(?:.*[^\p{L}\p{N}])?m2(?:[^\p{L}\p{N}].*)?')))
  UNION ALL
  SELECT
    'Clicks' AS "$table",
    NULL::BIGINT AS "Size",
    "Id",
    "Timestamp",
    "Url",
    "sender"
  FROM "Clicks"
  WHERE ((contains(lower(coalesce((strftime(make_timestamp("Timestamp" // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST("Timestamp" % 10 AS VARCHAR) || 'Z'), '')), 'm2') AND regexp_full_match(lower(coalesce((strftime(make_timestamp("Timestamp" // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST("Timestamp" % 10 AS VARCHAR) || 'Z'), '')), '(?s)(?:.*[^\p{L}\p{N}])?m2(?:[^\p{L}\p{N}].*)?')) OR (contains(lower("Id"), 'm2') AND regexp_full_match(lower("Id"), '(?s)(?:.*[^\p{L}\p{N}])?m2(?:[^\p{L}\p{N}].*)?')) OR (contains(lower("Url"), 'm2') AND regexp_full_match(lower("Url"), '(?s)(?:.*[^\p{L}\p{N}])?m2(?:[^\p{L}\p{N}].*)?')) OR (contains(lower("sender"), 'm2') AND regexp_full_match(lower("sender"), '(?s)(?:.*[^\p{L}\p{N}])?m2(?:[^\p{L}\p{N}].*)?')))
)
WHERE (("Size" > 100::BIGINT) OR ("sender" = 'y'))
