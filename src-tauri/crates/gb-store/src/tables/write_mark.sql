-- Writes a mark: a new one without a number, or one under the number it has or had.
INSERT INTO marks (id, document, shape, code, note, answers, review_on, decided_by, decided_on)
VALUES (:id, :document, :shape, :code, :note, :answers, :review_on, :decided_by, :decided_on)
ON CONFLICT (id) DO UPDATE SET
  document = :document, shape = :shape, code = :code, note = :note, answers = :answers,
  review_on = :review_on, decided_by = :decided_by, decided_on = :decided_on;
