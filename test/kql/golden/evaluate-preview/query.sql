SELECT
  value AS "i"
FROM generate_series(1::BIGINT, 10::BIGINT, 1::BIGINT) AS series(value)
LIMIT 2
;
SELECT
  count(*) AS "Count"
FROM (
  SELECT
    value AS "i"
  FROM generate_series(1::BIGINT, 10::BIGINT, 1::BIGINT) AS series(value)
)
