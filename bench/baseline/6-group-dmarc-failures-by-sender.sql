-- Senders of mail with the term dmarc=fail. Recipients are counted exactly.
-- Tried (ms): this 79; count(DISTINCT) in one step 83; list_unique(list()) 85; count(DISTINCT hash()) 80.
WITH pair AS (
  SELECT SenderFromAddress, RecipientEmailAddress, count(*) AS mails, min("Timestamp") AS first, max("Timestamp") AS last
  FROM "EmailEvents"
  WHERE "Timestamp" > $now - 25920000000000
    AND regexp_full_match(AuthenticationDetails, '(?is)(.*[^a-z0-9])?dmarc=fail([^a-z0-9].*)?')
  GROUP BY SenderFromAddress, RecipientEmailAddress)
SELECT SenderFromAddress, sum(mails)::BIGINT AS Messages, count(*) AS Recipients, min(first) AS FirstSeen,
  max(last) AS LastSeen
FROM pair
GROUP BY SenderFromAddress
ORDER BY Messages DESC
