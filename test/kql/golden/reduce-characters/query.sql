SELECT
  coalesce(cells[1], '') AS "Pattern",
  CAST(cells[2] AS BIGINT) AS "Count",
  coalesce(cells[3], '') AS "Representative"
FROM (SELECT unnest(from_json(kql_rows('reduce', '{"options":{"threshold":0.5,"characters":"Z"},"schema":[{"name":"Pattern","type":"string"},{"name":"Count","type":"long"},{"name":"Representative","type":"string"}],"schemas":[[{"name":"text","type":"string"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
  SELECT CAST(to_json([CAST("text" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
    SELECT
      ('fooZ' || coalesce(CAST("x" AS VARCHAR), '')) AS "text"
    FROM (
      SELECT
        value AS "x"
      FROM generate_series(1::BIGINT, 5::BIGINT, 1::BIGINT) AS series(value)
    )
  )
)) AS input0(rows))
