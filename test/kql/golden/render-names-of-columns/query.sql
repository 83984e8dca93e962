SELECT
  1::BIGINT AS "a",
  2::BIGINT AS "b c"
