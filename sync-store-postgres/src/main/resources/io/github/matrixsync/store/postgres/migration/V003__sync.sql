-- What /sync needs beside the streams of 2015. Written for PostgreSQL 15 and later.

-- The thread of a receipt; null: the receipt is for all threads. The type_key of a receipt with a thread is the SHA-256
-- of type and thread.
ALTER TABLE "${schema}".receipt ADD COLUMN thread bytea;

-- In the table "setting" the kind 4 with an empty value means that the user blocks all invites.

INSERT INTO "${schema}".schema_version (version) VALUES (3);
