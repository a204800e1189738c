-- Corrects the facts of a request; its reference, clock and state are not facts.
UPDATE requests SET
  claim = :claim, name = :name, address = :address, email = :email, also_known_as = :also_known_as,
  channel = :channel, taken_by = :taken_by, received = :received, words = :words, entity = :entity
WHERE id = :id;
