-- The streams and the room events. Written for PostgreSQL 15 and later.
--
-- ${schema} is the name of the schema. Flyway and Liquibase replace it too, if they are given it as a placeholder or a
-- parameter. Columns of type bytea that hold text hold it as UTF-8, or as the byte FF and UTF-16 if it is text that
-- UTF-8 cannot carry; "text" has only ids, which can always be text.

CREATE SCHEMA IF NOT EXISTS "${schema}";

CREATE TABLE "${schema}".schema_version (
  version    integer     PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT now()
);

-- One row a stream. It changes seldom: the head of a stream is the greatest position in its table, not a column here,
-- because a row that every append updates gets slower for as long as any transaction of the server is open.
CREATE TABLE "${schema}".stream (
  number         smallint PRIMARY KEY,
  name           text     NOT NULL,
  floor          bigint   NOT NULL DEFAULT 0, -- the head is not below it, and not below retained
  backfill_floor bigint   NOT NULL DEFAULT 0, -- the same for backfill, 0 or less
  retained       bigint   NOT NULL DEFAULT 0, -- the log at and below is purged, or is about to be
  purged         bigint   NOT NULL DEFAULT 0, -- how far the purge has come
  cluster        bigint,                      -- the server's system identifier when it was last found to be new
  timeline       text                         -- and its timeline
);

INSERT INTO "${schema}".stream (number, name) VALUES
  (1, 'events'), (2, 'presence'), (3, 'typing'), (4, 'receipts'), (5, 'account data'), (6, 'settings');

-- From the beginning, because a failover can also lose the first write of a stream.
UPDATE "${schema}".stream SET cluster = (SELECT system_identifier FROM pg_control_system()),
  timeline = substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8);

-- Rooms have numbers because a room is in almost every index.
CREATE TABLE "${schema}".room (
  number       bigint                     PRIMARY KEY,
  id           text      COLLATE "C"      NOT NULL UNIQUE,
  purged_depth bigint                     NOT NULL DEFAULT 0 -- the greatest depth of an event that was purged
);

CREATE TABLE "${schema}".event (
  position            bigint   PRIMARY KEY,         -- from 1 up, backfill from -1 down
  room                bigint   NOT NULL,
  kind                smallint NOT NULL,            -- 0 live, 1 outlier, 2 backfill
  depth               bigint   NOT NULL,
  has_depth           boolean  NOT NULL,            -- whether the host set the depth
  top_depth           bigint   NOT NULL,            -- the greatest depth of the room so far, of events of every kind
  high_depth          bigint,                       -- live: the greatest point of the room's live events so far,
  high_position       bigint,                       -- this one included
  room_id             text     COLLATE "C" NOT NULL,
  sender              text     COLLATE "C" NOT NULL,
  subject             text     COLLATE "C",         -- the user whose membership it sets
  id                  text     COLLATE "C" NOT NULL,
  type                bytea    NOT NULL,
  state_key           bytea,
  origin_server_ts    bigint   NOT NULL,
  redacts             text     COLLATE "C",
  membership          smallint,                     -- the membership it sets: 0 join, 1 invite, 2 knock, 3 leave, 4 ban
  visibility          smallint,                     -- the history visibility it sets: 0 world_readable, 1 shared,
                                                    -- 2 invited, 3 joined
  backfill_visibility smallint,                     -- backfill: the visibility at the event, if known
  age_since           bigint,                       -- milliseconds since the epoch
  room_version        bytea,
  replaces            text     COLLATE "C",
  changes             bytea,                        -- the state changes, encoded; null if there are none
  subject_knows       boolean  NOT NULL,
  sets_state          boolean  NOT NULL,            -- whether it ever set an entry, so that no purge removes it
  redacted            boolean  NOT NULL,            -- whether a redaction applies to it
  json                bytea    NOT NULL
);

CREATE UNIQUE INDEX event_id ON "${schema}".event (id) WHERE kind <> 1;
CREATE UNIQUE INDEX event_outlier_id ON "${schema}".event (id) WHERE kind = 1;
CREATE INDEX event_room ON "${schema}".event (room, position);
CREATE INDEX event_live ON "${schema}".event (room, depth, position) WHERE kind = 0;
CREATE INDEX event_backfill ON "${schema}".event (room, backfill_visibility, depth, position) WHERE kind = 2;
CREATE INDEX event_sender ON "${schema}".event (room, sender, depth, position) WHERE kind <> 1;
CREATE INDEX event_subject ON "${schema}".event (room, subject, depth, position)
  WHERE kind <> 1 AND subject IS NOT NULL;

-- The ids and positions of purged events: an id stays known for ever.
CREATE TABLE "${schema}".purged_event (
  id       text   COLLATE "C" PRIMARY KEY,
  position bigint             NOT NULL
);

-- The redaction that applies to an event of a room, whether the event is known yet or not. The redacting event is
-- copied, because it applies also after it was purged.
CREATE TABLE "${schema}".redaction (
  target text COLLATE "C" NOT NULL,
  LIKE "${schema}".event,
  PRIMARY KEY (target, room)
);

CREATE INDEX redaction_id ON "${schema}".redaction (id);

-- The changes of state entries. A row holds from since to before until. Type and state key are digested together: both
-- are chosen by clients, and an index entry has room for 2,700 bytes only.
CREATE TABLE "${schema}".state_entry (
  room  bigint NOT NULL,
  entry bytea  NOT NULL, -- SHA-256 of type and state key
  since bigint NOT NULL,
  until bigint NOT NULL DEFAULT 9223372036854775807,
  event bigint NOT NULL, -- the position of the state event; an entry that was removed has no row
  PRIMARY KEY (room, entry, since)
);

CREATE INDEX state_entry_until ON "${schema}".state_entry (room, until);

-- The changes of memberships, those by outliers too. A row holds from since to before until.
CREATE TABLE "${schema}".member (
  subject text     COLLATE "C" NOT NULL,
  room    bigint   NOT NULL,
  room_id text     COLLATE "C" NOT NULL,
  since   bigint   NOT NULL,
  until   bigint   NOT NULL DEFAULT 9223372036854775807,
  before  smallint NOT NULL,
  after   smallint NOT NULL,
  event   text     COLLATE "C", -- null if the entry was removed
  PRIMARY KEY (subject, room, since)
);

-- Its condition, which is always true, keeps it from queries that do not repeat it: for the changes of one user in one
-- room the planner would take it instead of the primary key, and read all rooms of the user for each.
CREATE INDEX member_until ON "${schema}".member (subject, until) WHERE until > 0;
CREATE INDEX member_joined ON "${schema}".member (room, until) WHERE after = 0;

-- The changes of history visibilities.
CREATE TABLE "${schema}".visibility (
  room     bigint   NOT NULL,
  since    bigint   NOT NULL,
  before   smallint NOT NULL,
  after    smallint NOT NULL,
  event    text     COLLATE "C",
  boundary boolean  NOT NULL,
  PRIMARY KEY (room, since)
);

INSERT INTO "${schema}".schema_version (version) VALUES (1);
