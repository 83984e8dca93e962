SELECT *
FROM (
  SELECT
    "Row",
    "Other",
    'xx' AS "Tag",
    2::BIGINT AS "Times",
    NULL::BIGINT AS "Count"
  FROM (SELECT * FROM (VALUES (1::INTEGER, 'kept')) AS rows("Row", "Other"))
  UNION ALL
  SELECT
    "Row",
    '' AS "Other",
    'yy' AS "Tag",
    3::BIGINT AS "Times",
    NULL::BIGINT AS "Count"
  FROM (SELECT * FROM (VALUES (2::INTEGER)) AS rows("Row"))
  UNION ALL
  SELECT
    NULL::INTEGER AS "Row",
    '' AS "Other",
    '' AS "Tag",
    NULL::BIGINT AS "Times",
    "Count"
  FROM (
    SELECT
      count(*) AS "Count"
    FROM (SELECT * FROM (VALUES (1::INTEGER), (2::INTEGER), (3::INTEGER)) AS rows("A"))
  )
)
ORDER BY "Row" ASC NULLS FIRST
