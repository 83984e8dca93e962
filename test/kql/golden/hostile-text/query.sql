SELECT
  'it''s"; DROP TABLE Mail; --' AS "print_0",
  1::BIGINT AS "a""b"
