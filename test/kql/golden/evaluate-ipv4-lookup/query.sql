SELECT *
FROM (
  SELECT
    l."ip" AS "ip",
    l."k" AS "k",
    coalesce(r."network", '') AS "network",
    coalesce(r."country", '') AS "country",
    coalesce(r."k", '') AS "k1"
  FROM (SELECT * FROM (VALUES ('2.20.183.12', 'c'), ('5.8.31.255', 'b'), ('5.8.32.0', 'b'), ('192.165.12.17', 'q'), ('46.36.200.51', 'z'), ('', 'e'), ('2.20.0.0/15', 'c'), ('2.20.183.0/25', 'c')) AS rows("ip", "k")) AS l
  LEFT JOIN (
    SELECT
      l."$ip_address" AS "$ip_address",
      r."network" AS "network",
      r."country" AS "country",
      r."k" AS "k"
    FROM (
      SELECT
        coalesce(cells[1], '') AS "$ip_address",
        coalesce(cells[2], '') AS "$ip_network"
      FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "ip"
          FROM (SELECT * FROM (VALUES ('2.20.183.12', 'c'), ('5.8.31.255', 'b'), ('5.8.32.0', 'b'), ('192.165.12.17', 'q'), ('46.36.200.51', 'z'), ('', 'e'), ('2.20.0.0/15', 'c'), ('2.20.183.0/25', 'c')) AS rows("ip", "k"))
          GROUP BY 1
        )
      )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "network"
          FROM (SELECT * FROM (VALUES ('111.68.128.0/17', 'JP', 'a'), ('5.8.0.0/19', 'RU', 'b'), ('2.20.183.0/24', 'GB', 'c'), ('2.20.0.0/16', 'EU', 'c'), ('bad', 'x', 'y'), ('46.36.200.51/32', 'OC', 'd')) AS rows("network", "country", "k"))
          GROUP BY 1
        )
      )) AS input1(rows))
    ) AS l
    JOIN (SELECT * FROM (VALUES ('111.68.128.0/17', 'JP', 'a'), ('5.8.0.0/19', 'RU', 'b'), ('2.20.183.0/24', 'GB', 'c'), ('2.20.0.0/16', 'EU', 'c'), ('bad', 'x', 'y'), ('46.36.200.51/32', 'OC', 'd')) AS rows("network", "country", "k")) AS r ON l."$ip_network" = r."network"
  ) AS r ON l."ip" = r."$ip_address"
)
ORDER BY "ip" ASC NULLS FIRST, "network" ASC NULLS FIRST
