-- Which requests are there, newest first, and how many documents and marks has each? With ?1, a pattern: only
-- those whose reference, name, other names or words fit it.
SELECT r.id, r.year, r.number, r.claim, r.name, r.entity, r.received, r.logged, r.clock, r.state, r.closed,
       coalesce(d.documents, 0) AS documents,
       coalesce(m.marks, 0) AS marks
FROM requests r
LEFT JOIN (SELECT request, count(*) AS documents FROM documents GROUP BY request) d
       ON d.request = r.id
LEFT JOIN (SELECT d.request, count(*) AS marks
           FROM marks m JOIN documents d ON d.id = m.document
           GROUP BY d.request) m
       ON m.request = r.id
WHERE ?1 IS NULL
   OR printf('GB-%04d-%04d', r.year, r.number) LIKE ?1 ESCAPE '\'
   OR r.name LIKE ?1 ESCAPE '\'
   OR r.also_known_as LIKE ?1 ESCAPE '\'
   OR r.words LIKE ?1 ESCAPE '\'
ORDER BY r.year DESC, r.number DESC;
