-- Links by domain in mail with the term dmarc=fail, one row a message.
WITH mail AS (
  SELECT NetworkMessageId, first(SenderFromDomain) AS SenderFromDomain
  FROM "EmailEvents"
  WHERE "Timestamp" > $now - 12096000000000
    AND regexp_full_match(AuthenticationDetails, '(?is)(.*[^a-z0-9])?dmarc=fail([^a-z0-9].*)?')
  GROUP BY NetworkMessageId)
SELECT UrlDomain, count(*) AS Links, count(DISTINCT NetworkMessageId) AS Messages,
  to_json(list_sort(list(DISTINCT SenderFromDomain))[:20])::VARCHAR AS Senders
FROM mail JOIN "EmailUrlInfo" USING (NetworkMessageId)
GROUP BY UrlDomain
HAVING count(DISTINCT NetworkMessageId) > 2
