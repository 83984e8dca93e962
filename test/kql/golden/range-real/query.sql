SELECT
  (3::DOUBLE + (CAST("step" AS DOUBLE) * (-0.5::DOUBLE))) AS "x"
FROM (
  SELECT
    value AS "step"
  FROM generate_series(0::BIGINT, 3::BIGINT, 1::BIGINT) AS series(value)
)
