-- Empties verdicts: they are what one re-classification works with, and no memory of inputs beyond it.
delete from verdicts
