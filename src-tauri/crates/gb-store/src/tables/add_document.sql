-- Adds a document after the last one of its request.
INSERT INTO documents
  (request, position, title, pages, size, sha256, disclosure, added, object, password)
VALUES
  (:request, (SELECT 1 + coalesce(max(position), 0) FROM documents WHERE request = :request),
   :title, :pages, :size, :sha256, :disclosure, :added, :object, :password);
