SELECT *
FROM (
  SELECT
    g0 AS "id",
    CASE WHEN CASE WHEN greatest + 1 - least > 1048576 THEN CAST(error('mailhunt-error {"code":"KQL0005","facts":{"what":"make-series","text":"the series has more than 1048576 elements; the limit is 1048576"}}') AS BIGINT) ELSE greatest + 1 END > least THEN '[' || substr(coalesce(array_to_string(list_transform(m0, lambda entry, i: repeat(',' || '0', entry.bin - coalesce(m0[i - 1].bin, least - 1) - 1) || ',' || entry.text), ''), '') || repeat(',' || '0', CASE WHEN greatest + 1 - least > 1048576 THEN CAST(error('mailhunt-error {"code":"KQL0005","facts":{"what":"make-series","text":"the series has more than 1048576 elements; the limit is 1048576"}}') AS BIGINT) ELSE greatest + 1 END - 1 - coalesce(m0[-1].bin, least - 1)), 2) || ']' WHEN CASE WHEN greatest + 1 - least > 1048576 THEN CAST(error('mailhunt-error {"code":"KQL0005","facts":{"what":"make-series","text":"the series has more than 1048576 elements; the limit is 1048576"}}') AS BIGINT) ELSE greatest + 1 END <= least THEN '[]' END AS "count_",
    '[' || array_to_string(list_transform(range(least, CASE WHEN greatest + 1 - least > 1048576 THEN CAST(error('mailhunt-error {"code":"KQL0005","facts":{"what":"make-series","text":"the series has more than 1048576 elements; the limit is 1048576"}}') AS BIGINT) ELSE greatest + 1 END), lambda i: coalesce('"' || (strftime(make_timestamp((0 + i * 315360000000000::BIGINT) // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST((0 + i * 315360000000000::BIGINT) % 10 AS VARCHAR) || 'Z') || '"', 'null')), ',') || ']' AS "at"
  FROM (
    SELECT
      g0,
      list({'bin': CAST(bin AS BIGINT), 'text': coalesce(CAST(to_json(a0) AS VARCHAR), 'null')} ORDER BY bin) AS m0,
      min(bin) AS least,
      max(bin) AS greatest
    FROM (
      SELECT
        "id" AS g0,
        (("at" - ("at" % 315360000000000::BIGINT + 315360000000000::BIGINT) % 315360000000000::BIGINT) // 315360000000000::BIGINT) AS bin,
        count(*) AS a0
      FROM (SELECT * FROM (VALUES ('ann', 635556672000000000::BIGINT, '1'), ('ann', 635872032000000000::BIGINT, '2'), ('ann', 636204672000000000::BIGINT, '3'), ('bob', 636204672000000000::BIGINT, '4'), ('bob', 636202944000000000::BIGINT, '5'), ('cid', NULL::BIGINT, '6')) AS rows("id", "at", "note"))
      WHERE "at" IS NOT NULL
      GROUP BY 1, 2
    )
    GROUP BY g0
  )
)
ORDER BY "id" ASC NULLS FIRST
