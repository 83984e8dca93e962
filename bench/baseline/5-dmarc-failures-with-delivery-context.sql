-- The same mail as in hunt 4, with more columns; the same was tried.
SELECT "Timestamp", SenderFromAddress, SenderMailFromAddress, RecipientEmailAddress, Subject, DeliveryAction,
  ThreatTypes, AuthenticationDetails
FROM "EmailEvents"
WHERE "Timestamp" > $now - 25920000000000
  AND regexp_full_match(AuthenticationDetails, '(?is)(.*[^a-z0-9])?dmarc=fail([^a-z0-9].*)?')
ORDER BY "Timestamp" DESC
