SELECT
  "Text",
  (NOT contains(lower("Text"), 'b')) AS "Lacks",
  (NOT contains("Text", 'b')) AS "LacksCs",
  contains("Text", 'b') AS "HasCs"
FROM (SELECT * FROM (VALUES ('abc'), ('ABC'), ('xyz'), ('')) AS rows("Text"))
