-- Which marks stand on the documents of a request, in the documents' order?
SELECT m.*
FROM marks m JOIN documents d ON d.id = m.document
WHERE d.request = ?1
ORDER BY d.position, m.id;
