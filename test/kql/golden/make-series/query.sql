SELECT
  g0 AS "Bulk",
  '[' || array_to_string(list_transform(range(0, 2), lambda i: coalesce(CAST(to_json(CASE WHEN m0[CAST(i AS UTINYINT)] IS NULL THEN 0::BIGINT ELSE m0[CAST(i AS UTINYINT)].value END) AS VARCHAR), 'null')), ',') || ']' AS "Messages",
  '[' || array_to_string(list_transform(range(0, 2), lambda i: coalesce(CAST(to_json(CASE WHEN m1[CAST(i AS UTINYINT)] IS NULL THEN (-1::BIGINT) ELSE m1[CAST(i AS UTINYINT)].value END) AS VARCHAR), 'null')), ',') || ']' AS "Biggest",
  '[' || array_to_string(list_transform(range(0, 2), lambda i: coalesce('"' || (strftime(make_timestamp((638879616000000000::BIGINT + i * 864000000000::BIGINT) // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST((638879616000000000::BIGINT + i * 864000000000::BIGINT) % 10 AS VARCHAR) || 'Z') || '"', 'null')), ',') || ']' AS "Timestamp"
FROM (
  SELECT
    g0,
    map(list(bin), list({'value': a0})) AS m0,
    map(list(bin), list({'value': a1})) AS m1
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
