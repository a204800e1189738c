-- Which stored bytes do the documents and packs of a request speak of?
SELECT object FROM documents WHERE request = ?1
UNION
SELECT object FROM packs WHERE request = ?1;
