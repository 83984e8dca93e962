SELECT
  "Id"
FROM (
  SELECT
    "Id"
  FROM "Clicks"
)
GROUP BY 1
