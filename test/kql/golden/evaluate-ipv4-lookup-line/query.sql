WITH "shared_1" AS MATERIALIZED (
  SELECT
    l."ip" AS "ip",
    l."k" AS "k",
    l."network" AS "network",
    l."network1" AS "network1",
    r."network" AS "network2"
  FROM (
    SELECT
      l."ip" AS "ip",
      l."k" AS "k",
      l."network" AS "network",
      r."network" AS "network1"
    FROM (
      SELECT
        l."ip" AS "ip",
        l."k" AS "k",
        r."network" AS "network"
      FROM (SELECT * FROM (VALUES ('10.1.2.3', 'a'), ('10.1.2.3', 'b'), ('192.0.2.1', 'a')) AS rows("ip", "k")) AS l
      JOIN (
        SELECT
          l."$ip_address" AS "$ip_address",
          r."network" AS "network",
          r."k" AS "k"
        FROM (
          SELECT
            coalesce(cells[1], '') AS "$ip_address",
            coalesce(cells[2], '') AS "$ip_network"
          FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
            SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
              SELECT
                "ip"
              FROM (SELECT * FROM (VALUES ('10.1.2.3', 'a'), ('10.1.2.3', 'b'), ('192.0.2.1', 'a')) AS rows("ip", "k"))
              GROUP BY 1
            )
          )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
            SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
              SELECT
                "network"
              FROM (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k"))
              GROUP BY 1
            )
          )) AS input1(rows))
        ) AS l
        JOIN (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k")) AS r ON l."$ip_network" = r."network"
      ) AS r ON l."ip" = r."$ip_address" AND l."k" = r."k"
    ) AS l
    JOIN (
      SELECT
        l."$ip_address" AS "$ip_address",
        r."network" AS "network",
        r."k" AS "k"
      FROM (
        SELECT
          coalesce(cells[1], '') AS "$ip_address",
          coalesce(cells[2], '') AS "$ip_network"
        FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
          SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
            SELECT
              "ip"
            FROM (
              SELECT
                l."ip" AS "ip"
              FROM (SELECT * FROM (VALUES ('10.1.2.3', 'a'), ('10.1.2.3', 'b'), ('192.0.2.1', 'a')) AS rows("ip", "k")) AS l
              JOIN (
                SELECT
                  l."$ip_address" AS "$ip_address",
                  r."k" AS "k"
                FROM (
                  SELECT
                    coalesce(cells[1], '') AS "$ip_address",
                    coalesce(cells[2], '') AS "$ip_network"
                  FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
                    SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
                      SELECT
                        "ip"
                      FROM (SELECT * FROM (VALUES ('10.1.2.3', 'a'), ('10.1.2.3', 'b'), ('192.0.2.1', 'a')) AS rows("ip", "k"))
                      GROUP BY 1
                    )
                  )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
                    SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
                      SELECT
                        "network"
                      FROM (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k"))
                      GROUP BY 1
                    )
                  )) AS input1(rows))
                ) AS l
                JOIN (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k")) AS r ON l."$ip_network" = r."network"
              ) AS r ON l."ip" = r."$ip_address" AND l."k" = r."k"
            )
            GROUP BY 1
          )
        )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
          SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
            SELECT
              "network"
            FROM (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k"))
            GROUP BY 1
          )
        )) AS input1(rows))
      ) AS l
      JOIN (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k")) AS r ON l."$ip_network" = r."network"
    ) AS r ON l."ip" = r."$ip_address" AND l."k" = r."k"
  ) AS l
  JOIN (
    SELECT
      l."$ip_address" AS "$ip_address",
      r."network" AS "network",
      r."k" AS "k"
    FROM (
      SELECT
        coalesce(cells[1], '') AS "$ip_address",
        coalesce(cells[2], '') AS "$ip_network"
      FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "ip"
          FROM (
            SELECT
              l."ip" AS "ip"
            FROM (
              SELECT
                l."ip" AS "ip",
                l."k" AS "k"
              FROM (SELECT * FROM (VALUES ('10.1.2.3', 'a'), ('10.1.2.3', 'b'), ('192.0.2.1', 'a')) AS rows("ip", "k")) AS l
              JOIN (
                SELECT
                  l."$ip_address" AS "$ip_address",
                  r."k" AS "k"
                FROM (
                  SELECT
                    coalesce(cells[1], '') AS "$ip_address",
                    coalesce(cells[2], '') AS "$ip_network"
                  FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
                    SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
                      SELECT
                        "ip"
                      FROM (SELECT * FROM (VALUES ('10.1.2.3', 'a'), ('10.1.2.3', 'b'), ('192.0.2.1', 'a')) AS rows("ip", "k"))
                      GROUP BY 1
                    )
                  )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
                    SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
                      SELECT
                        "network"
                      FROM (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k"))
                      GROUP BY 1
                    )
                  )) AS input1(rows))
                ) AS l
                JOIN (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k")) AS r ON l."$ip_network" = r."network"
              ) AS r ON l."ip" = r."$ip_address" AND l."k" = r."k"
            ) AS l
            JOIN (
              SELECT
                l."$ip_address" AS "$ip_address",
                r."k" AS "k"
              FROM (
                SELECT
                  coalesce(cells[1], '') AS "$ip_address",
                  coalesce(cells[2], '') AS "$ip_network"
                FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
                  SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
                    SELECT
                      "ip"
                    FROM (
                      SELECT
                        l."ip" AS "ip"
                      FROM (SELECT * FROM (VALUES ('10.1.2.3', 'a'), ('10.1.2.3', 'b'), ('192.0.2.1', 'a')) AS rows("ip", "k")) AS l
                      JOIN (
                        SELECT
                          l."$ip_address" AS "$ip_address",
                          r."k" AS "k"
                        FROM (
                          SELECT
                            coalesce(cells[1], '') AS "$ip_address",
                            coalesce(cells[2], '') AS "$ip_network"
                          FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
                            SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
                              SELECT
                                "ip"
                              FROM (SELECT * FROM (VALUES ('10.1.2.3', 'a'), ('10.1.2.3', 'b'), ('192.0.2.1', 'a')) AS rows("ip", "k"))
                              GROUP BY 1
                            )
                          )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
                            SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
                              SELECT
                                "network"
                              FROM (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k"))
                              GROUP BY 1
                            )
                          )) AS input1(rows))
                        ) AS l
                        JOIN (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k")) AS r ON l."$ip_network" = r."network"
                      ) AS r ON l."ip" = r."$ip_address" AND l."k" = r."k"
                    )
                    GROUP BY 1
                  )
                )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
                  SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
                    SELECT
                      "network"
                    FROM (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k"))
                    GROUP BY 1
                  )
                )) AS input1(rows))
              ) AS l
              JOIN (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k")) AS r ON l."$ip_network" = r."network"
            ) AS r ON l."ip" = r."$ip_address" AND l."k" = r."k"
          )
          GROUP BY 1
        )
      )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "network"
          FROM (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k"))
          GROUP BY 1
        )
      )) AS input1(rows))
    ) AS l
    JOIN (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k")) AS r ON l."$ip_network" = r."network"
  ) AS r ON l."ip" = r."$ip_address" AND l."k" = r."k"
),
"shared_2" AS MATERIALIZED (
  SELECT
    l."ip" AS "ip",
    l."k" AS "k",
    l."network" AS "network",
    l."network1" AS "network1",
    l."network2" AS "network2",
    r."network" AS "network3"
  FROM "shared_1" AS l
  JOIN (
    SELECT
      l."$ip_address" AS "$ip_address",
      r."network" AS "network",
      r."k" AS "k"
    FROM (
      SELECT
        coalesce(cells[1], '') AS "$ip_address",
        coalesce(cells[2], '') AS "$ip_network"
      FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "ip"
          FROM "shared_1"
          GROUP BY 1
        )
      )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "network"
          FROM (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k"))
          GROUP BY 1
        )
      )) AS input1(rows))
    ) AS l
    JOIN (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k")) AS r ON l."$ip_network" = r."network"
  ) AS r ON l."ip" = r."$ip_address" AND l."k" = r."k"
),
"shared_3" AS MATERIALIZED (
  SELECT
    l."ip" AS "ip",
    l."k" AS "k",
    l."network" AS "network",
    l."network1" AS "network1",
    l."network2" AS "network2",
    l."network3" AS "network3",
    r."network" AS "network4"
  FROM "shared_2" AS l
  JOIN (
    SELECT
      l."$ip_address" AS "$ip_address",
      r."network" AS "network",
      r."k" AS "k"
    FROM (
      SELECT
        coalesce(cells[1], '') AS "$ip_address",
        coalesce(cells[2], '') AS "$ip_network"
      FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "ip"
          FROM "shared_2"
          GROUP BY 1
        )
      )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "network"
          FROM (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k"))
          GROUP BY 1
        )
      )) AS input1(rows))
    ) AS l
    JOIN (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k")) AS r ON l."$ip_network" = r."network"
  ) AS r ON l."ip" = r."$ip_address" AND l."k" = r."k"
),
"shared_4" AS MATERIALIZED (
  SELECT
    l."ip" AS "ip",
    l."k" AS "k",
    l."network" AS "network",
    l."network1" AS "network1",
    l."network2" AS "network2",
    l."network3" AS "network3",
    l."network4" AS "network4",
    r."network" AS "network5"
  FROM "shared_3" AS l
  JOIN (
    SELECT
      l."$ip_address" AS "$ip_address",
      r."network" AS "network",
      r."k" AS "k"
    FROM (
      SELECT
        coalesce(cells[1], '') AS "$ip_address",
        coalesce(cells[2], '') AS "$ip_network"
      FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "ip"
          FROM "shared_3"
          GROUP BY 1
        )
      )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "network"
          FROM (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k"))
          GROUP BY 1
        )
      )) AS input1(rows))
    ) AS l
    JOIN (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k")) AS r ON l."$ip_network" = r."network"
  ) AS r ON l."ip" = r."$ip_address" AND l."k" = r."k"
),
"shared_5" AS MATERIALIZED (
  SELECT
    l."ip" AS "ip",
    l."k" AS "k",
    l."network" AS "network",
    l."network1" AS "network1",
    l."network2" AS "network2",
    l."network3" AS "network3",
    l."network4" AS "network4",
    l."network5" AS "network5",
    r."network" AS "network6"
  FROM "shared_4" AS l
  JOIN (
    SELECT
      l."$ip_address" AS "$ip_address",
      r."network" AS "network",
      r."k" AS "k"
    FROM (
      SELECT
        coalesce(cells[1], '') AS "$ip_address",
        coalesce(cells[2], '') AS "$ip_network"
      FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "ip"
          FROM "shared_4"
          GROUP BY 1
        )
      )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "network"
          FROM (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k"))
          GROUP BY 1
        )
      )) AS input1(rows))
    ) AS l
    JOIN (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k")) AS r ON l."$ip_network" = r."network"
  ) AS r ON l."ip" = r."$ip_address" AND l."k" = r."k"
),
"shared_6" AS MATERIALIZED (
  SELECT
    l."ip" AS "ip",
    l."k" AS "k",
    l."network" AS "network",
    l."network1" AS "network1",
    l."network2" AS "network2",
    l."network3" AS "network3",
    l."network4" AS "network4",
    l."network5" AS "network5",
    l."network6" AS "network6",
    r."network" AS "network7"
  FROM "shared_5" AS l
  JOIN (
    SELECT
      l."$ip_address" AS "$ip_address",
      r."network" AS "network",
      r."k" AS "k"
    FROM (
      SELECT
        coalesce(cells[1], '') AS "$ip_address",
        coalesce(cells[2], '') AS "$ip_network"
      FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "ip"
          FROM "shared_5"
          GROUP BY 1
        )
      )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "network"
          FROM (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k"))
          GROUP BY 1
        )
      )) AS input1(rows))
    ) AS l
    JOIN (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k")) AS r ON l."$ip_network" = r."network"
  ) AS r ON l."ip" = r."$ip_address" AND l."k" = r."k"
),
"shared_7" AS MATERIALIZED (
  SELECT
    l."ip" AS "ip",
    l."k" AS "k",
    l."network" AS "network",
    l."network1" AS "network1",
    l."network2" AS "network2",
    l."network3" AS "network3",
    l."network4" AS "network4",
    l."network5" AS "network5",
    l."network6" AS "network6",
    l."network7" AS "network7",
    r."network" AS "network8"
  FROM "shared_6" AS l
  JOIN (
    SELECT
      l."$ip_address" AS "$ip_address",
      r."network" AS "network",
      r."k" AS "k"
    FROM (
      SELECT
        coalesce(cells[1], '') AS "$ip_address",
        coalesce(cells[2], '') AS "$ip_network"
      FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "ip"
          FROM "shared_6"
          GROUP BY 1
        )
      )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "network"
          FROM (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k"))
          GROUP BY 1
        )
      )) AS input1(rows))
    ) AS l
    JOIN (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k")) AS r ON l."$ip_network" = r."network"
  ) AS r ON l."ip" = r."$ip_address" AND l."k" = r."k"
)
SELECT *
FROM (
  SELECT
    l."ip" AS "ip",
    l."k" AS "k"
  FROM "shared_7" AS l
  JOIN (
    SELECT
      l."$ip_address" AS "$ip_address",
      r."k" AS "k"
    FROM (
      SELECT
        coalesce(cells[1], '') AS "$ip_address",
        coalesce(cells[2], '') AS "$ip_network"
      FROM (SELECT unnest(from_json(kql_rows('ip_lookup', '{"options":"ipv4","schema":[{"name":"$ip_address","type":"string"},{"name":"$ip_network","type":"string"}],"schemas":[[{"name":"ip","type":"string"}],[{"name":"network","type":"string"}]]}', input0.rows, input1.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("ip" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "ip"
          FROM "shared_7"
          GROUP BY 1
        )
      )) AS input0(rows), (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
        SELECT CAST(to_json([CAST("network" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
          SELECT
            "network"
          FROM (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k"))
          GROUP BY 1
        )
      )) AS input1(rows))
    ) AS l
    JOIN (SELECT * FROM (VALUES ('10.0.0.0/8', 'a'), ('10.1.0.0/16', 'b')) AS rows("network", "k")) AS r ON l."$ip_network" = r."network"
  ) AS r ON l."ip" = r."$ip_address" AND l."k" = r."k"
)
ORDER BY "k" ASC NULLS FIRST
