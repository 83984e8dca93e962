SELECT
  "From",
  count(*) AS "Rows"
FROM (
  SELECT
    'Mail' AS "From"
  FROM "Mail"
  UNION ALL
  (
    SELECT
      'MailToo' AS "From"
    FROM "Mail"
    LIMIT 1
  )
  UNION ALL
  SELECT
    'Clicks' AS "From"
  FROM "Clicks"
)
GROUP BY 1
