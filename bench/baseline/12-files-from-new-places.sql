-- Attachments of dangerous types by content, the hundred most frequent.
SELECT SHA256, count(*) AS Files, count(DISTINCT file.SenderFromAddress) AS Senders,
  count(DISTINCT mail.RecipientEmailAddress) AS Recipients, min(file."Timestamp") AS "First", max(file."Timestamp") AS "Last"
FROM "EmailAttachmentInfo" file JOIN "EmailEvents" mail ON mail.NetworkMessageId = file.NetworkMessageId
WHERE lower(FileType) IN ('html', 'htm', 'zip', 'iso', 'img', 'one', 'lnk', 'js', 'vbs', 'wsf')
  AND EmailDirection = 'Inbound' AND DeliveryAction <> 'Blocked'
GROUP BY SHA256
ORDER BY Files DESC
LIMIT 100
