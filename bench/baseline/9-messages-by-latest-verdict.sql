-- Messages by direction and envelope domain of the newest row; both columns are the same in all rows of a message.
WITH message AS (
  SELECT arg_max({'direction': EmailDirection, 'domain': SenderMailFromDomain}, "Timestamp") AS newest
  FROM "EmailEvents"
  GROUP BY NetworkMessageId)
SELECT newest.direction AS EmailDirection, newest.domain AS SenderMailFromDomain, count(*) AS Messages
FROM message
GROUP BY ALL
HAVING count(*) > 100
