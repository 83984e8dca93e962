SELECT
  CAST(coalesce(sum((8::BIGINT + strlen("Text"))), 0) AS BIGINT) AS "Total",
  CAST(coalesce(sum((0::BIGINT + strlen("Text"))), 0) AS BIGINT) AS "Texts"
FROM (
  SELECT
    '123456789é' AS "Text"
  FROM (
    SELECT
      value AS "x"
    FROM generate_series(1::BIGINT, 10::BIGINT, 1::BIGINT) AS series(value)
  )
)
