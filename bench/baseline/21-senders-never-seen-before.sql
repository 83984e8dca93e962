-- Mail of a day whose sender wrote nothing in the month before.
SELECT "Timestamp", NetworkMessageId, SenderFromAddress, SenderDisplayName, RecipientEmailAddress, Subject
FROM "EmailEvents" mail
WHERE "Timestamp" > $now - 864000000000 AND EmailDirection = 'Inbound'
  AND NOT EXISTS (FROM "EmailEvents" before WHERE before.SenderFromAddress = mail.SenderFromAddress
    AND before."Timestamp" BETWEEN $now - 25920000000000 AND $now - 864000000000)
