-- Senders with four mails a day and more.
SELECT SenderFromAddress, "Timestamp" // 864000000000 * 864000000000 AS "Day", count(*) AS Mails,
  first(SenderDisplayName) AS "Name", sum(EmailSize)::BIGINT AS Bytes
FROM "EmailEvents"
WHERE EmailDirection = 'Inbound'
GROUP BY 1, 2
HAVING count(*) >= 4
