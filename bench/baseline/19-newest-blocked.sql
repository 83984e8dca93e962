-- The newest thousand mails that were blocked.
SELECT "Timestamp", NetworkMessageId, SenderFromAddress, SenderMailFromAddress, Subject, EmailDirection
FROM "EmailEvents"
WHERE DeliveryAction = 'Blocked'
ORDER BY "Timestamp" DESC
LIMIT 1000
