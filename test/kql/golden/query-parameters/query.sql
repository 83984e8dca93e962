SELECT
  2::BIGINT AS "n",
  'a' AS "print_1"
