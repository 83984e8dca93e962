SELECT *
FROM (
  SELECT
    l."ip" AS "ip",
    l."k" AS "k",
    r."network" AS "network",
    r."v" AS "v"
  FROM (SELECT * FROM (VALUES ('10.1.2.3', 'a'), ('10.1.2.3', 'b'), ('10.1.2.3', 'c'), ('none', 'a')) AS rows("ip", "k")) AS l
  JOIN (
    SELECT
      l."$ip_address" AS "$ip_address",
      r."network" AS "network",
      r."k" AS "k",
      r."v" AS "v"
    FROM (
      SELECT
        coalesce(cells[1], '') AS "$ip_address",
        coalesce(cells[2], '') AS "$ip_network"
      FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "ip"
          FROM (SELECT * FROM (VALUES ('10.1.2.3', 'a'), ('10.1.2.3', 'b'), ('10.1.2.3', 'c'), ('none', 'a')) AS rows("ip", "k"))
          GROUP BY 1
        )
      )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "network"
          FROM (SELECT * FROM (VALUES ('10.0.0.0/8', 'a', 1::BIGINT), ('10.1.0.0/16', 'b', 2::BIGINT), ('0.0.0.0/0', 'a', 3::BIGINT)) AS rows("network", "k", "v"))
          GROUP BY 1
        )
      )) AS input1(rows))
    ) AS l
    JOIN (SELECT * FROM (VALUES ('10.0.0.0/8', 'a', 1::BIGINT), ('10.1.0.0/16', 'b', 2::BIGINT), ('0.0.0.0/0', 'a', 3::BIGINT)) AS rows("network", "k", "v")) AS r ON l."$ip_network" = r."network"
  ) AS r ON l."ip" = r."$ip_address" AND l."k" = r."k"
)
ORDER BY "k" ASC NULLS FIRST, "v" ASC NULLS FIRST
