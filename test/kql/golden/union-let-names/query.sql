SELECT *
FROM (
  SELECT
    "From",
    count(*) AS "Rows"
  FROM (
    SELECT
      'union_arg0' AS "From"
    FROM (SELECT * FROM (VALUES ('s1')) AS rows("Id"))
    UNION ALL
    SELECT
      'Mail' AS "From"
    FROM "Mail"
    UNION ALL
    (
      SELECT
        'union_arg2' AS "From"
      FROM "Mail"
      LIMIT 1
    )
    UNION ALL
    SELECT
      'Clicks' AS "From"
    FROM "Clicks"
  )
  GROUP BY 1
)
ORDER BY "From" ASC NULLS FIRST
