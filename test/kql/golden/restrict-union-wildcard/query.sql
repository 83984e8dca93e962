SELECT *
FROM (
  SELECT
    'Clicks' AS "from",
    "Timestamp",
    "Id",
    "Url",
    "sender",
    '' AS "Sender~2"
  FROM "Clicks"
  UNION ALL
  SELECT
    'Senders' AS "from",
    NULL::BIGINT AS "Timestamp",
    "Id",
    '' AS "Url",
    '' AS "sender",
    "Sender" AS "Sender~2"
  FROM "Mail"
)
WHERE (starts_with(lower("Sender~2"), 'bob') OR ("sender" = 'x'))
