SELECT *
FROM (
  SELECT
    'Clicks' AS "From",
    "Timestamp",
    "Id",
    "Url",
    "sender"
  FROM "Clicks"
  WHERE ("sender" IN ('x', 'z'))
)
