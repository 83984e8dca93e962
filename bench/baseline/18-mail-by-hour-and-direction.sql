-- Mail of each hour of four weeks by direction and action.
WITH counted AS (
  SELECT EmailDirection, DeliveryAction, (("Timestamp" - ($now - 24192000000000)) // 36000000000)::USMALLINT AS bin,
    count(*) AS mails, sum(EmailSize)::BIGINT AS bytes
  FROM "EmailEvents"
  WHERE "Timestamp" >= $now - 24192000000000 AND "Timestamp" < $now
  GROUP BY ALL),
hours AS (
  SELECT EmailDirection, DeliveryAction, $now - 24192000000000 + bin * 36000000000 AS ticks, coalesce(mails, 0) AS mails,
    coalesce(bytes, 0) AS bytes
  FROM (SELECT DISTINCT EmailDirection, DeliveryAction FROM counted) CROSS JOIN range(672) hour(bin)
    LEFT JOIN counted USING (EmailDirection, DeliveryAction, bin))
SELECT EmailDirection, DeliveryAction, to_json(list(mails ORDER BY ticks))::VARCHAR AS Mails,
  to_json(list(bytes ORDER BY ticks))::VARCHAR AS Bytes,
  to_json(list(strftime(make_timestamp((ticks - 621355968000000000) // 10), '%Y-%m-%dT%H:%M:%S.%f') || '0Z'
    ORDER BY ticks))::VARCHAR AS "Timestamp"
FROM hours
GROUP BY EmailDirection, DeliveryAction
