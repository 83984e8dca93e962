SELECT *
FROM (
  SELECT
    "Id",
    "Size",
    '' AS "Url"
  FROM (
    SELECT
      "Id",
      "Size"
    FROM "Mail"
    ORDER BY "Size" DESC NULLS LAST
    LIMIT 1
  )
  UNION ALL
  SELECT
    "Id",
    NULL::BIGINT AS "Size",
    "Url"
  FROM (
    SELECT
      "Id",
      "Url"
    FROM "Clicks"
    ORDER BY "Url" ASC NULLS FIRST
    LIMIT 1
  )
)
ORDER BY "Id" ASC NULLS FIRST, "Url" ASC NULLS FIRST
