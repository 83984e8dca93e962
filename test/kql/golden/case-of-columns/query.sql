SELECT
  "sender",
  ("sender" || '!') AS "Sender~2",
  1::BIGINT AS "SENDER~3"
FROM "Clicks"
