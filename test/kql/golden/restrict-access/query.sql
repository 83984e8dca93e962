SELECT
  count(*) AS "Count"
FROM (
  SELECT
    "Sender"
  FROM "Mail"
  LIMIT 2
)
