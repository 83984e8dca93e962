SELECT
  g0 AS "Bulk",
  '[' || substr(coalesce(array_to_string(list_transform(m0, lambda entry, i: repeat(',' || '0', entry.bin - coalesce(m0[i - 1].bin, 0 - 1) - 1) || ',' || entry.text), ''), '') || repeat(',' || '0', 2 - 1 - coalesce(m0[-1].bin, 0 - 1)), 2) || ']' AS "Messages",
  '[' || substr(coalesce(array_to_string(list_transform(m1, lambda entry, i: repeat(',' || '-1', entry.bin - coalesce(m1[i - 1].bin, 0 - 1) - 1) || ',' || entry.text), ''), '') || repeat(',' || '-1', 2 - 1 - coalesce(m1[-1].bin, 0 - 1)), 2) || ']' AS "Biggest",
  '[' || array_to_string(list_transform(range(0, 2), lambda i: coalesce('"' || (strftime(make_timestamp((638879616000000000::BIGINT + i * 864000000000::BIGINT) // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST((638879616000000000::BIGINT + i * 864000000000::BIGINT) % 10 AS VARCHAR) || 'Z') || '"', 'null')), ',') || ']' AS "Timestamp"
FROM (
  SELECT
    g0,
    list({'bin': CAST(bin AS BIGINT), 'text': coalesce(CAST(to_json(a0) AS VARCHAR), 'null')} ORDER BY bin) AS m0,
    list({'bin': CAST(bin AS BIGINT), 'text': coalesce(CAST(to_json(a1) AS VARCHAR), 'null')} ORDER BY bin) AS m1
  FROM (
    SELECT
      "Bulk" AS g0,
      CAST(("Timestamp" - 638879616000000000::BIGINT) // 864000000000::BIGINT AS UTINYINT) AS bin,
      count(*) AS a0,
      max("Size") AS a1
    FROM (
      SELECT
        "Timestamp",
        "Size",
        "Bulk"
      FROM "Mail"
    )
    WHERE "Timestamp" >= 638879616000000000::BIGINT
      AND "Timestamp" < 638881344000000000::BIGINT
    GROUP BY 1, 2
  )
  GROUP BY g0
)
