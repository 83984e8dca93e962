SELECT
  '[' || substr(coalesce(array_to_string(list_transform(m0, lambda entry, i: repeat(',' || '0', entry.bin - coalesce(m0[i - 1].bin, 0 - 1) - 1) || ',' || entry.text), ''), '') || repeat(',' || '0', 2 - 1 - coalesce(m0[-1].bin, 0 - 1)), 2) || ']' AS "n",
  '[' || array_to_string(list_transform(range(0, 2), lambda i: coalesce('"' || (strftime(make_timestamp((638880048000000000::BIGINT + i * 864000000000::BIGINT) // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST((638880048000000000::BIGINT + i * 864000000000::BIGINT) % 10 AS VARCHAR) || 'Z') || '"', 'null')), ',') || ']' AS "Timestamp"
FROM (
  SELECT
    list({'bin': CAST(bin AS BIGINT), 'text': coalesce(CAST(to_json(a0) AS VARCHAR), 'null')} ORDER BY bin) AS m0
  FROM (
    SELECT
      CAST(("Timestamp" - 638880048000000000::BIGINT) // 864000000000::BIGINT AS UTINYINT) AS bin,
      count(*) AS a0
    FROM (
      SELECT
        "Timestamp",
        "Id"
      FROM "Mail"
      WHERE ("Id" = 'none')
    )
    WHERE "Timestamp" >= 638880048000000000::BIGINT
      AND "Timestamp" < 638881776000000000::BIGINT
    GROUP BY 1
  )
  GROUP BY true
)
