-- Takes away an object when neither a document nor a pack speaks of it.
DELETE FROM objects
WHERE id = ?1
  AND NOT EXISTS (SELECT 1 FROM documents WHERE object = ?1)
  AND NOT EXISTS (SELECT 1 FROM packs WHERE object = ?1);
