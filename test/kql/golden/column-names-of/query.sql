SELECT
  '["A","B"]' AS "names"
