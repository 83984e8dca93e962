SELECT
  '[' || array_to_string(list_transform(range(0, 2), lambda i: coalesce(CAST(to_json(CASE WHEN m0[CAST(i AS UTINYINT)] IS NULL THEN 0::BIGINT ELSE m0[CAST(i AS UTINYINT)].value END) AS VARCHAR), 'null')), ',') || ']' AS "n",
  '[' || array_to_string(list_transform(range(0, 2), lambda i: coalesce('"' || (strftime(make_timestamp((638880048000000000::BIGINT + i * 864000000000::BIGINT) // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST((638880048000000000::BIGINT + i * 864000000000::BIGINT) % 10 AS VARCHAR) || 'Z') || '"', 'null')), ',') || ']' AS "Timestamp"
FROM (
  SELECT
    map(list(bin), list({'value': a0})) AS m0
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
)
