-- Phishing of a fortnight by senders with more than one such mail.
WITH phish AS MATERIALIZED (
  SELECT "Timestamp", NetworkMessageId, SenderFromAddress, RecipientEmailAddress, Subject
  FROM "EmailEvents"
  WHERE "Timestamp" > $now - 12096000000000 AND regexp_full_match(ThreatTypes, '(?is)(.*[^a-z0-9])?phish([^a-z0-9].*)?')),
sender AS (
  SELECT SenderFromAddress, count(*) AS Mails, count(DISTINCT RecipientEmailAddress) AS Recipients
  FROM phish GROUP BY SenderFromAddress HAVING count(*) > 1)
SELECT phish.*, Mails, Recipients
FROM phish JOIN sender USING (SenderFromAddress)
ORDER BY "Timestamp" DESC
