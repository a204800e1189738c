-- Takes the next number of a year. The counter outlives the requests, so no reference is given twice.
INSERT INTO reference_numbers (year, last) VALUES (?1, 1)
ON CONFLICT (year) DO UPDATE SET last = last + 1;
