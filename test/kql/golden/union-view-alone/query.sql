SELECT
  "from",
  "Sender",
  "Id",
  ("from" || "Sender") AS "text"
FROM (
  SELECT
    'Senders' AS "from",
    "Sender",
    "Id"
  FROM "Mail"
)
WHERE ("Id" = 'm2')
