-- Mails a day, of the 30 whole days before today; the hunt's has_any() column is never read afterwards.
-- Tried (ms): this 23; the bin as BIGINT 27; a double division 38; histogram() 29; thirty counts, each of one day,
-- 26; thirty count(*) FILTER 211.
WITH counted AS (
  SELECT (("Timestamp" - ($now // 864000000000 - 30) * 864000000000) // 864000000000)::UTINYINT AS bin,
    count(*) AS mails
  FROM "EmailEvents"
  WHERE "Timestamp" >= ($now // 864000000000 - 30) * 864000000000 AND "Timestamp" < $now // 864000000000 * 864000000000
  GROUP BY bin),
days AS (
  SELECT ($now // 864000000000 - 30 + bin) * 864000000000 AS ticks, coalesce(mails, 0) AS mails
  FROM range(30) day(bin) LEFT JOIN counted USING (bin))
SELECT to_json(list(mails ORDER BY ticks))::VARCHAR AS "Count",
  to_json(list(strftime(make_timestamp((ticks - 621355968000000000) // 10), '%Y-%m-%dT%H:%M:%S.%f') || '0Z'
    ORDER BY ticks))::VARCHAR AS "Timestamp"
FROM days
