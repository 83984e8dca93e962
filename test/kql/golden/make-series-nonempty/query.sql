SELECT
  '[' || substr(coalesce(array_to_string(list_transform(m0, lambda entry, i: repeat(',' || '3', entry.bin - coalesce(m0[i - 1].bin, 0 - 1) - 1) || ',' || entry.text), ''), '') || repeat(',' || '3', 2 - 1 - coalesce(m0[-1].bin, 0 - 1)), 2) || ']' AS "count_",
  '[' || array_to_string(list_transform(range(0, 2), lambda i: coalesce('"' || (strftime(make_timestamp((636202944000000000::BIGINT + i * 864000000000::BIGINT) // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST((636202944000000000::BIGINT + i * 864000000000::BIGINT) % 10 AS VARCHAR) || 'Z') || '"', 'null')), ',') || ']' AS "at"
FROM (
  SELECT
    list({'bin': CAST(bin AS BIGINT), 'text': coalesce(CAST(to_json(a0) AS VARCHAR), 'null')} ORDER BY bin) AS m0
  FROM (
    SELECT
      CAST(("at" - 636202944000000000::BIGINT) // 864000000000::BIGINT AS UTINYINT) AS bin,
      count(*) AS a0
    FROM (
      SELECT *
      FROM (SELECT * FROM (VALUES ('ann', 635556672000000000::BIGINT, '1'), ('ann', 635872032000000000::BIGINT, '2'), ('ann', 636204672000000000::BIGINT, '3'), ('bob', 636204672000000000::BIGINT, '4'), ('bob', 636202944000000000::BIGINT, '5'), ('cid', NULL::BIGINT, '6')) AS rows("id", "at", "note"))
      LIMIT 0
    )
    WHERE "at" >= 636202944000000000::BIGINT
      AND "at" < 636204672000000000::BIGINT
    GROUP BY 1
  )
)
