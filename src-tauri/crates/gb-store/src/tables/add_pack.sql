-- Keeps a pack under the next number of its request.
INSERT INTO packs (request, number, sealed_at, sha256, size, pages, certificate, object)
VALUES
  (:request, (SELECT 1 + coalesce(max(number), 0) FROM packs WHERE request = :request),
   :sealed_at, :sha256, :size, :pages, :certificate, :object);
