-- Adds a request, open and with a clock that nothing has moved.
INSERT INTO requests
  (year, number, claim, name, address, email, also_known_as, channel, taken_by, received, entity, logged, clock,
   state, closed, words)
VALUES
  (:year, :number, :claim, :name, :address, :email, :also_known_as, :channel, :taken_by, :received, :entity,
   :logged, :clock, :state, NULL, :words);
