-- Tables and columns that only /sync needs. Written for PostgreSQL 15 and later.

-- The thread of a receipt; null: the receipt is for all threads. The type_key of a receipt with a thread is the SHA-256
-- of type and thread.
ALTER TABLE "${schema}".receipt ADD COLUMN thread bytea;

-- In the table "setting" the kind 4 with an empty value means that the user blocks all invites.


-- How an event relates to another one. The tables of events and of redactions have the same columns in the same order.
ALTER TABLE "${schema}".event ADD COLUMN rel_type bytea, ADD COLUMN relates_to text COLLATE "C";
ALTER TABLE "${schema}".redaction ADD COLUMN rel_type bytea, ADD COLUMN relates_to text COLLATE "C";

CREATE INDEX event_relation ON "${schema}".event (relates_to, room, depth, position)
  WHERE relates_to IS NOT NULL AND kind <> 1;

-- The live events before which events of their room may be missing.
CREATE TABLE "${schema}".timeline_gap (
  room     bigint NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (room, position)
);

-- For reads of what changed between two positions.
CREATE INDEX state_entry_since ON "${schema}".state_entry (room, since);

-- When the devices of users last changed.
CREATE TABLE "${schema}".device_list (
  subject  text   COLLATE "C" PRIMARY KEY,
  position bigint NOT NULL UNIQUE
);

-- The position of an inbox is that of its last message, even after it was removed, so that the head of the stream does
-- not go back.
CREATE TABLE "${schema}".to_device_inbox (
  subject    text   COLLATE "C" NOT NULL,
  device     text   COLLATE "C" NOT NULL,
  position   bigint NOT NULL UNIQUE,
  handed_out bigint NOT NULL DEFAULT 0, -- the greatest position of a message that was read
  PRIMARY KEY (subject, device)
);

CREATE TABLE "${schema}".to_device_message (
  position bigint PRIMARY KEY,
  subject  text   COLLATE "C" NOT NULL,
  device   text   COLLATE "C" NOT NULL,
  sender   text   COLLATE "C" NOT NULL,
  type     bytea  NOT NULL,
  content  bytea  NOT NULL
);

CREATE INDEX to_device_message_device ON "${schema}".to_device_message (subject, device, position);

-- The unread counts of users in rooms. Counts of zero have a row too, so that the head of the stream does not go back.
CREATE TABLE "${schema}".unread_count (
  subject       text     COLLATE "C" NOT NULL,
  room          text     COLLATE "C" NOT NULL,
  position      bigint   NOT NULL UNIQUE,
  threads       text[]   COLLATE "C" NOT NULL, -- the roots of threads with unread events
  notifications bigint[] NOT NULL,             -- of the main timeline, then of each thread
  highlights    bigint[] NOT NULL,             -- the same
  PRIMARY KEY (subject, room)
);

INSERT INTO "${schema}".stream (number, name) VALUES (7, 'device lists'), (8, 'to device'), (9, 'unread counts');

UPDATE "${schema}".stream SET cluster = (SELECT system_identifier FROM pg_control_system()),
  timeline = substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) WHERE number IN (7, 8, 9);

CREATE TABLE "${schema}".device_key (
  subject       text    COLLATE "C" NOT NULL,
  device        text    COLLATE "C" NOT NULL,
  algorithm_key bytea   NOT NULL, -- SHA-256 of the algorithm
  algorithm     bytea   NOT NULL,
  keys          bigint,           -- the unclaimed one-time keys; null if there never was one
  is_unused     boolean NOT NULL, -- whether there is a fallback key that was not used
  PRIMARY KEY (subject, device, algorithm_key)
);

CREATE TABLE "${schema}".transaction_id (
  event   text  COLLATE "C" PRIMARY KEY,
  subject text  COLLATE "C" NOT NULL,
  device  text  COLLATE "C" NOT NULL,
  id      bytea NOT NULL
);

CREATE TABLE "${schema}".client_filter (
  subject text  COLLATE "C" NOT NULL,
  id      text  COLLATE "C" NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (subject, id)
);

INSERT INTO "${schema}".schema_version (version) VALUES (3);
