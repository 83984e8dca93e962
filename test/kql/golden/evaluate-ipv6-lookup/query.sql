SELECT *
FROM (
  SELECT
    l."ip" AS "ip",
    r."network" AS "network",
    r."v" AS "v"
  FROM (SELECT * FROM (VALUES ('2001:db8:85a3:0000:0000:8a2e:0370:7334'), ('a5e:f127:8a9d:146d:e102:b5d3:c755:abcd'), ('10.1.2.3'), ('::ffff:10.9.9.9'), ('x')) AS rows("ip")) AS l
  JOIN (
    SELECT
      l."$ip_address" AS "$ip_address",
      r."network" AS "network",
      r."v" AS "v"
    FROM (
      SELECT
        coalesce(cells[1], '') AS "$ip_address",
        coalesce(cells[2], '') AS "$ip_network"
      FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv6","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "ip"
          FROM (SELECT * FROM (VALUES ('2001:db8:85a3:0000:0000:8a2e:0370:7334'), ('a5e:f127:8a9d:146d:e102:b5d3:c755:abcd'), ('10.1.2.3'), ('::ffff:10.9.9.9'), ('x')) AS rows("ip"))
          GROUP BY 1
        )
      )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "network"
          FROM (SELECT * FROM (VALUES ('2001:db8:85a3::/48', 1::BIGINT), ('10.0.0.0/8', 2::BIGINT), ('::/0', 3::BIGINT)) AS rows("network", "v"))
          GROUP BY 1
        )
      )) AS input1(rows))
    ) AS l
    JOIN (SELECT * FROM (VALUES ('2001:db8:85a3::/48', 1::BIGINT), ('10.0.0.0/8', 2::BIGINT), ('::/0', 3::BIGINT)) AS rows("network", "v")) AS r ON l."$ip_network" = r."network"
  ) AS r ON l."ip" = r."$ip_address"
)
ORDER BY "ip" ASC NULLS FIRST, "v" ASC NULLS FIRST
