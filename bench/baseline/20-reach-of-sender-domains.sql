-- How many people of a domain write to how many of us.
SELECT SenderFromDomain, count(*) AS Mails, count(DISTINCT SenderFromAddress) AS Senders,
  count(DISTINCT RecipientEmailAddress) AS Recipients
FROM "EmailEvents"
WHERE EmailDirection = 'Inbound'
GROUP BY SenderFromDomain
ORDER BY Recipients DESC
