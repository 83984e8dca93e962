SELECT
  'mail' AS "print_0",
  'local' AS "print_1",
  '00000000-0000-0000-0000-000000000000'::UUID AS "print_2",
  true AS "tags"
