-- Links of one domain in mail and in clicks.
WITH seen AS (
  SELECT Url, 'mail' AS Seen, NetworkMessageId, "Timestamp" FROM "EmailUrlInfo"
  UNION ALL
  SELECT Url, 'click', NetworkMessageId, "Timestamp" FROM "UrlClickEvents")
SELECT Url, Seen, count(*) AS Times, count(DISTINCT NetworkMessageId) AS Messages, min("Timestamp") AS "First",
  max("Timestamp") AS "Last"
FROM seen
WHERE starts_with(lower(Url), 'https://site123') AND contains(lower(Url), 'example')
  AND regexp_full_match(Url, '(?is)(.*[^a-z0-9])?example([^a-z0-9].*)?')
GROUP BY Url, Seen
