SELECT
  '[' || substr(coalesce(array_to_string(list_transform(m0, lambda entry, i: repeat(',' || '0', entry.bin - coalesce(m0[i - 1].bin, 0 - 1) - 1) || ',' || entry.text), ''), '') || repeat(',' || '0', 3 - 1 - coalesce(m0[-1].bin, 0 - 1)), 2) || ']' AS "sum_x",
  '[' || array_to_string(list_transform(range(0, 3), lambda i: coalesce(CASE WHEN isfinite((0::DOUBLE + i * 1::DOUBLE)) THEN CAST(to_json((0::DOUBLE + i * 1::DOUBLE)) AS VARCHAR) ELSE '"' || CASE WHEN isfinite((0::DOUBLE + i * 1::DOUBLE)) THEN CAST((0::DOUBLE + i * 1::DOUBLE) AS VARCHAR) WHEN isnan((0::DOUBLE + i * 1::DOUBLE)) THEN 'NaN' WHEN (0::DOUBLE + i * 1::DOUBLE) > 0 THEN 'Infinity' WHEN (0::DOUBLE + i * 1::DOUBLE) < 0 THEN '-Infinity' END || '"' END, 'null')), ',') || ']' AS "y"
FROM (
  SELECT
    list({'bin': CAST(bin AS BIGINT), 'text': coalesce(CAST(to_json(a0) AS VARCHAR), 'null')} ORDER BY bin) AS m0
  FROM (
    SELECT
      CAST(CAST(floor(("y" - 0::DOUBLE) / 1::DOUBLE) AS BIGINT) AS UTINYINT) AS bin,
      CAST(coalesce(sum("x"), 0) AS BIGINT) AS a0
    FROM (
      SELECT
        "x",
        (CAST("x" AS DOUBLE) / 2::DOUBLE) AS "y"
      FROM (
        SELECT
          value AS "x"
        FROM generate_series(1::BIGINT, 5::BIGINT, 1::BIGINT) AS series(value)
      )
    )
    WHERE "y" >= 0::DOUBLE
      AND "y" < 3::DOUBLE
    GROUP BY 1
  )
  GROUP BY true
)
