SELECT
  (-1.5::DOUBLE) AS "print_0",
  2::BIGINT AS "print_1"
