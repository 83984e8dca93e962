SELECT
  l."k" AS "k",
  l."v" AS "v",
  r."k" AS "k1",
  r."w" AS "w"
FROM (
  SELECT DISTINCT ON ("k") *
  FROM (SELECT * FROM (VALUES (1::BIGINT, 'a'), (1::BIGINT, 'a')) AS rows("k", "v"))
) AS l
JOIN (SELECT * FROM (VALUES (1::BIGINT, 'x'), (1::BIGINT, 'y')) AS rows("k", "w")) AS r ON l."k" IS NOT DISTINCT FROM r."k"
