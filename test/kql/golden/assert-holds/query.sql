SELECT *
FROM (SELECT * FROM (VALUES ('123'), ('4567')) AS rows("input"))
WHERE (true AND (length("input") > 3::BIGINT))
