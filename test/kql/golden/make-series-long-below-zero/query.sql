SELECT
  CASE WHEN CASE WHEN greatest + 1 - least > 1048576 THEN CAST(error('mailhunt-error {"code":"KQL0005","facts":{"what":"make-series","text":"the series has more than 1048576 elements; the limit is 1048576"}}') AS BIGINT) ELSE greatest + 1 END > least THEN '[' || substr(coalesce(array_to_string(list_transform(m0, lambda entry, i: repeat(',' || '0', entry.bin - coalesce(m0[i - 1].bin, least - 1) - 1) || ',' || entry.text), ''), '') || repeat(',' || '0', CASE WHEN greatest + 1 - least > 1048576 THEN CAST(error('mailhunt-error {"code":"KQL0005","facts":{"what":"make-series","text":"the series has more than 1048576 elements; the limit is 1048576"}}') AS BIGINT) ELSE greatest + 1 END - 1 - coalesce(m0[-1].bin, least - 1)), 2) || ']' WHEN CASE WHEN greatest + 1 - least > 1048576 THEN CAST(error('mailhunt-error {"code":"KQL0005","facts":{"what":"make-series","text":"the series has more than 1048576 elements; the limit is 1048576"}}') AS BIGINT) ELSE greatest + 1 END <= least THEN '[]' END AS "count_",
  '[' || array_to_string(list_transform(range(least, CASE WHEN greatest + 1 - least > 1048576 THEN CAST(error('mailhunt-error {"code":"KQL0005","facts":{"what":"make-series","text":"the series has more than 1048576 elements; the limit is 1048576"}}') AS BIGINT) ELSE greatest + 1 END), lambda i: coalesce(CAST(to_json((0 + i * 3::BIGINT)) AS VARCHAR), 'null')), ',') || ']' AS "x"
FROM (
  SELECT
    list({'bin': CAST(bin AS BIGINT), 'text': coalesce(CAST(to_json(a0) AS VARCHAR), 'null')} ORDER BY bin) AS m0,
    min(bin) AS least,
    max(bin) AS greatest
  FROM (
    SELECT
      (("x" - ("x" % 3::BIGINT + 3::BIGINT) % 3::BIGINT) // 3::BIGINT) AS bin,
      count(*) AS a0
    FROM (
      SELECT
        value AS "x"
      FROM generate_series((-4::BIGINT), 4::BIGINT, 4::BIGINT) AS series(value)
    )
    WHERE "x" IS NOT NULL
    GROUP BY 1
  )
  GROUP BY true
)
