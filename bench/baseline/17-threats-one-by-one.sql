-- Mail by each threat that it was found to be.
SELECT Threat, "Day", count(*) AS Mails, count(DISTINCT SenderFromAddress) AS Senders
FROM (
  SELECT unnest(string_split(ThreatTypes, ', ')) AS Threat, "Timestamp" // 864000000000 * 864000000000 AS "Day", SenderFromAddress
  FROM "EmailEvents"
  WHERE ThreatTypes <> '')
GROUP BY Threat, "Day"
