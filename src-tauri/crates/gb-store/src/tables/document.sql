-- What is known of one document, and which of its pages has somebody looked at?
SELECT d.id, d.request, d.position, d.title, d.dated, d.pages, d.size, d.sha256, d.disclosure, d.withheld_code,
       d.added,
       (SELECT json_group_array(page)
        FROM (SELECT page FROM seen_pages WHERE document = d.id ORDER BY page)) AS seen
FROM documents d
WHERE d.id = ?1;
