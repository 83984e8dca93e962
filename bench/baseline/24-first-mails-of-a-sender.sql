-- The first three mails of each sender of three days.
SELECT "Timestamp", SenderFromAddress, NetworkMessageId, Subject,
  row_number() OVER (PARTITION BY SenderFromAddress ORDER BY "Timestamp") AS "Number"
FROM "EmailEvents"
WHERE "Timestamp" > $now - 2592000000000 AND EmailDirection = 'Inbound'
QUALIFY "Number" <= 3
ORDER BY SenderFromAddress, "Timestamp", "Number"
