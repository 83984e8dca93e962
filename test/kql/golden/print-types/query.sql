SELECT
  1::BIGINT AS "print_0",
  2::INTEGER AS "print_1",
  1.5::DOUBLE AS "print_2",
  'NaN'::DOUBLE AS "print_3",
  1.5::DECIMAL(38,18) AS "print_4",
  'a"b' AS "print_5",
  637134336000000000::BIGINT AS "print_6",
  864000000001::BIGINT AS "print_7",
  (-72000000000::BIGINT) AS "print_8",
  '74be27de-1e4e-49d9-b579-fe0b331d3642'::UUID AS "print_9",
  '{"b":[1,2.5,"x",null],"a":true}' AS "print_10",
  NULL::BIGINT AS "print_11",
  true AS "print_12"
