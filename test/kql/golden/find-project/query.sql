SELECT *
FROM (
  SELECT
    'Mail' AS "source_",
    "Id",
    coalesce(CAST("Size" AS VARCHAR), '') AS "Size",
    '' AS "Url"
  FROM "Mail"
  WHERE (("Id" = 'm2') AND (("Size" = 200::BIGINT) OR (contains('', 'a') AND regexp_full_match('', '(?s)(?:.*[^\p{L}\p{N}])?a(?:[^\p{L}\p{N}].*)?'))))
  UNION ALL
  SELECT
    'Clicks' AS "source_",
    "Id",
    '' AS "Size",
    "Url"
  FROM "Clicks"
  WHERE (("Id" = 'm2') AND ((NULL::BIGINT = 200::BIGINT) OR (contains(lower("Url"), 'a') AND regexp_full_match(lower("Url"), '(?s)(?:.*[^\p{L}\p{N}])?a(?:[^\p{L}\p{N}].*)?'))))
)
