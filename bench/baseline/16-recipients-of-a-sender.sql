-- Senders with more than 15 recipients, who these are, and five subjects; sets come sorted.
SELECT SenderFromAddress, to_json(list_sort(recipients))::VARCHAR AS Recipients, to_json(list_sort(subjects)[:5])::VARCHAR AS Subjects, Mails
FROM (
  SELECT SenderFromAddress, list(DISTINCT RecipientEmailAddress) AS recipients, list(DISTINCT Subject) AS subjects, count(*) AS Mails
  FROM "EmailEvents"
  WHERE EmailDirection = 'Inbound' AND "Timestamp" > $now - 8640000000000
  GROUP BY SenderFromAddress
  HAVING len(recipients) > 15)
