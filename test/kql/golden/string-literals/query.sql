SELECT
  'x\n"y"
z' AS "a",
  'p\q' AS "b",
  'c:\U1it''s' AS "c",
  'Aé\U0001' AS "d",
  'it''s' AS "e"
